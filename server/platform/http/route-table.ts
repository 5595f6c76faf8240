import type { Express } from 'express';
import { isGuard } from './guard';

export interface ListedRoute {
  method: string;
  path: string;
  /** Name of the guard; undefined for a route that has none, which a test refuses. */
  guard: string | undefined;
}

// What Express keeps of its routes (package router 2): not in its types, so read with care and only here.
interface Layer {
  rawPath?: unknown;
  slash?: boolean;
  route?: { path: unknown; methods: Record<string, boolean>; stack: { handle: unknown }[] };
  handle?: { stack?: Layer[] };
  match?(path: string): boolean;
}

/** Every route of the app, by walking its routers: for the tests over the whole table, and for the committed list. */
export function listRoutes(app: Express): ListedRoute[] {
  return layersOf(app).flatMap(({ route }) =>
    Object.keys(route?.methods ?? {}).map((method) => ({
      method: method.toUpperCase(),
      path: String(route?.path),
      guard: route?.stack.map(({ handle }) => handle).find(isGuard)?.guard,
    })),
  );
}

/** The methods that a path answers to; empty when there is no such page. */
export function methodsOf(app: Express, path: string): string[] {
  const methods = layersOf(app)
    .filter((layer) => matches(layer, path))
    .flatMap(({ route }) => Object.keys(route?.methods ?? {}));
  return [...new Set(methods.map((method) => method.toUpperCase()))].sort();
}

/**
 * The page behind an address that only takes a form: that of the form itself (`…/new`), else the nearest above it. A browser asks for it
 * when a refused form's address is opened again. Undefined when there is none but the first page of all.
 */
export function pageAbove(app: Express, path: string): string | undefined {
  const pages = layersOf(app).filter(({ route }) => route?.methods['get']);
  const isPage = (address: string, ending = '') =>
    pages.some((layer) => String(layer.route?.path).endsWith(ending) && matches(layer, address));
  if (isPage(`${path}/new`, '/new')) return `${path}/new`;
  for (let above = parentOf(path); above !== ''; above = parentOf(above)) if (isPage(above)) return above;
  return undefined;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

function matches(layer: Layer, path: string): boolean {
  try {
    return layer.match?.(path) ?? false;
  } catch (error) {
    if (error instanceof URIError) return false; // a path that cannot be decoded is no page
    throw error;
  }
}

function layersOf(app: Express): Layer[] {
  return routeLayers((app.router as unknown as { stack: Layer[] }).stack);
}

function routeLayers(stack: readonly Layer[]): Layer[] {
  return stack.flatMap((layer) => {
    if (layer.route) return [layer];
    // Rooms write whole paths, so every router hangs at the root; static folders have no inner stack.
    return layer.slash && layer.handle?.stack ? routeLayers(layer.handle.stack) : [];
  });
}
