import { filled, parametersIn, parametersOf, type TableRoute } from '../support/route-table';
import type { Found } from './explore';

/** The part of a JSON schema that the OpenAPI document uses. */
export interface Schema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  example?: unknown;
  default?: unknown;
  pattern?: string;
  format?: string;
  minimum?: number;
  minLength?: number;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
}

export interface OpenApi {
  paths: Record<
    string,
    Record<string, { parameters?: { name: string }[]; requestBody?: { content: { 'application/json'?: { schema: Schema } } } }>
  >;
}

export type Body = Record<string, unknown>;

let keys = 0;

/**
 * A body that a route should take: what its schema in the OpenAPI document asks for, over what the page's own form holds. So the attacks
 * that follow change one thing each and reach as deep as a real request does.
 */
export function validBody(route: TableRoute, document: OpenApi, found: Found): Body {
  const formPath = route.path.replace(/^\/api\/v1/, '');
  const schema = schemaOf(route, document);
  const ids = idsIn(found);
  const fromSchema = schema ? (sample(schema, '', ids) as Body) : {};
  const form = found.forms.find(({ action }) => sameSteps(formPath, action));
  const fromForm = Object.fromEntries(
    Object.entries(form?.fields ?? {}).map(([name, value]) => [name, value === '' ? (fromSchema[name] ?? guess(name)) : value]),
  );
  keys += 1;
  const requestKey = 'requestKey' in fromSchema || 'requestKey' in fromForm ? { requestKey: `every-route-${keys}` } : {};
  return { ...fromSchema, ...fromForm, ...requestKey };
}

/** The path filled with ids that somebody has seen, the seat itself first, of the objects that the route is about; else with none. */
export function validPath(route: TableRoute, table: readonly TableRoute[], found: readonly Found[]): string {
  const path = route.path.replace(/^\/api\/v1/, '');
  if (parametersOf(path).length === 0) return route.path;
  const words = new Set(table.flatMap((one) => one.path.split('/'))); // `new` in `/deeds/new` is no id
  for (const pattern of [path, ...shorter(path)]) {
    for (const address of found.flatMap(({ addresses }) => [...addresses])) {
      const values = parametersIn(pattern, address);
      if (values && !Object.values(values).some((value) => words.has(value))) return filled(route.path, values);
    }
  }
  return filled(route.path, {});
}

/** An address of the same shape whose ids belong to nothing. */
export function missingTwin(address: string): string {
  return decodeURIComponent(address)
    .replace(/_[0-9a-z]{20}\b/g, '_00000000000000000000')
    .replace(/-\d{6}\b/g, '-999999')
    .replace(/\/\d+(?=\/|$)/g, '/99999999');
}

function shorter(path: string): string[] {
  const steps = path.split('/');
  return steps.map((_, count) => steps.slice(0, steps.length - 1 - count).join('/')).filter((part) => part.includes(':'));
}

function sameSteps(pattern: string, address: string): boolean {
  const asked = (address.split('?')[0] ?? '').split('/');
  const steps = pattern.split('/');
  return steps.length === asked.length && steps.every((step, place) => step.startsWith(':') || step === asked[place]);
}

function schemaOf(route: TableRoute, document: OpenApi): Schema | undefined {
  const path = `/api/v1${route.path.replace(/^\/api\/v1/, '')}`.replace(/:(\w+)/g, '{$1}');
  const operation = document.paths[path]?.[route.isApi ? route.method.toLowerCase() : 'post'];
  return operation?.requestBody?.content['application/json']?.schema;
}

/** Ids by their prefix: `hh` → `hh_4k2…`. */
function idsIn(found: Found): Map<string, string> {
  const texts = [...found.addresses, ...found.forms.flatMap(({ fields }) => Object.values(fields))];
  const ids = texts.flatMap((text) => [...text.matchAll(/\b([a-z]{2,6})_[0-9a-z]{20}\b/g)]);
  return new Map(ids.map(([id, prefix = '']) => [prefix, id]));
}

function sample(schema: Schema, name: string, ids: Map<string, string>): unknown {
  const { example, enum: choices, anyOf, oneOf } = schema;
  if (example !== undefined) return schema.format === 'date' ? '2026-11-20' : example;
  if (schema.const !== undefined) return schema.const;
  if (choices) return choices[0];
  const branch = (anyOf ?? oneOf)?.[0];
  if (branch) return sample(branch, name, ids);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'object':
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([field, inner]) => [field, sample(inner, field, ids)]));
    case 'array':
      return schema.items ? [sample(schema.items, name, ids)] : [];
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 0, 1);
    case 'boolean':
      return true;
    default:
      return text(schema, name, ids);
  }
}

function text({ pattern = '', minLength = 1 }: Schema, name: string, ids: Map<string, string>): string {
  const [, prefix] = /^\^([a-z]{2,6})_/.exec(pattern) ?? [];
  if (prefix) return ids.get(prefix) ?? `${prefix}_00000000000000000000`;
  return guess(name).padEnd(minLength, '文');
}

const guesses: readonly [RegExp, string][] = [
  [/day|date|\bon$|On$|from|until|validTo/i, '2026-11-20'],
  [/amount|yuan|value/i, '100.00'],
  [/mobile|phone/i, '13900009999'],
  [/pieces|count|points|rank|page|order/i, '1'],
  [/village/i, '130499101201'],
  [/scope|place/i, '130499'],
  [/creditCode/i, '91130499MA0DEM013U'],
  [/password/i, 'a long pass phrase of nobody'],
  [/pin|code/i, '000000'],
];

function guess(name: string): string {
  return guesses.find(([names]) => names.test(name))?.[1] ?? '测试文字';
}
