import type { Express } from 'express';
import { type ListedRoute, listRoutes } from '../../server/platform/http/route-table';

/** One route of the whole app, as the tests over the table ask it. */
export interface TableRoute extends ListedRoute {
  /** `POST /aid/cases/:id/approvals` */
  name: string;
  changes: boolean;
  /** Signed by a machine: neither session nor form token. */
  isWebhook: boolean;
  isApi: boolean;
}

/** Every route of the app, in its order. */
export function tableOf(app: Express): TableRoute[] {
  return listRoutes(app).map((route) => ({
    ...route,
    name: `${route.method} ${route.path}`,
    changes: !['GET', 'HEAD'].includes(route.method),
    isWebhook: route.path.startsWith('/webhooks/'),
    isApi: route.path.startsWith('/api/'),
  }));
}

/** The names of a path's parameters, in order: `['id']`. */
export function parametersOf(path: string): string[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');
}

/** The path with its parameters filled in, each encoded as one step. */
export function filled(path: string, values: Readonly<Record<string, string>>): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(values[name] ?? 'missing'));
}

/** The parameters that a real address gives to a route's path, or to as much of it as holds parameters; undefined when it is another's. */
export function parametersIn(path: string, address: string): Record<string, string> | undefined {
  const names = parametersOf(path);
  const [, head = path] = /^(.*:\w+)/.exec(path) ?? [];
  const pattern = head.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '([^/?]+)');
  const found = new RegExp(`^${pattern}(?=[/?]|$)`).exec(address);
  if (!found) return undefined;
  return Object.fromEntries(names.map((name, place) => [name, decodeURIComponent(found[place + 1] ?? '')]));
}

/** The route that answers an address asked with a method: one without parameters before one with. */
export function routeOf(table: readonly TableRoute[], method: string, address: string): TableRoute | undefined {
  const [path = ''] = address.split('?');
  const fitting = sortedOf(table).get(kindOf(method, path)) ?? [];
  return (
    fitting.find((route) => route.path === path) ??
    fitting.find((route) => parametersOf(route.path).length > 0 && matchesWhole(route.path, path))
  );
}

const kindOf = (method: string, path: string) => `${method} ${path.split('/').length}`;
const sorted = new WeakMap<readonly TableRoute[], Map<string, TableRoute[]>>();

/** By method and number of steps. */
function sortedOf(table: readonly TableRoute[]): Map<string, TableRoute[]> {
  const known = sorted.get(table) ?? new Map<string, TableRoute[]>();
  if (known.size === 0)
    for (const route of table) known.set(kindOf(route.method, route.path), [...(known.get(kindOf(route.method, route.path)) ?? []), route]);
  sorted.set(table, known);
  return known;
}

function matchesWhole(pattern: string, path: string): boolean {
  const asked = path.split('/');
  return pattern.split('/').every((step, place) => step.startsWith(':') || step === asked[place]);
}
