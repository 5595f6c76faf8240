import type { Random } from '../../server/kernel/random';
import { filled, parametersOf, type TableRoute } from '../support/route-table';
import { brokenBodies, extraFields, hostileJson, hostileTexts } from './hostile-values';
import type { Body } from './valid-bodies';

/** One request that means harm. */
export interface Attack {
  what: string;
  path: string;
  type?: string;
  /** Text as sent. */
  body?: string;
}

/**
 * How much is tried on each route: in the quick tests a little, from everybody's place what is refused to anybody; beside them, in the slow
 * ones (`tests/slow/every-route.test.ts`), also what seats find when they look around; more in the long ones. `again` are those asked a
 * second time, nearest to what the route takes: one wrong field among right ones. `pages` are opened of each route that has many; so many
 * `lies` about where it comes from are told to each; so many `programs` show their tokens.
 */
const depths = {
  quick: {
    explores: false,
    allAtOnce: 1,
    oneByOne: 0,
    broken: 1,
    inPath: 0,
    inQuery: 1,
    again: 1,
    perGuard: 1,
    pages: 0,
    lies: 1,
    programs: 1,
  },
  slow: {
    explores: true,
    allAtOnce: 1,
    oneByOne: 1,
    broken: 1,
    inPath: 1,
    inQuery: 1,
    again: 1,
    perGuard: 1,
    pages: 1,
    lies: 1,
    programs: 5,
  },
  long: {
    explores: true,
    allAtOnce: 4,
    oneByOne: 12,
    broken: 4,
    inPath: 4,
    inQuery: 6,
    again: 10,
    perGuard: 1_000,
    pages: 3,
    lies: 4,
    programs: 100,
  },
};
const [, folder = ''] = /\/tests\/(slow|long)\//.exec(expect.getState().testPath ?? '') ?? [];
export const depth = folder === 'slow' || folder === 'long' ? depths[folder] : depths.quick;

const queryNames = ['after', 'limit', 'q', 'state', 'view', 'village', 'from', 'until', 'lang', 'text', 'page', 'day'];

/** What is tried on a route, drawn by lot from every value at every place; the lot is the same in every run. */
export function attacksOn(route: TableRoute, path: string, valid: Body, random: Random): Attack[] {
  const lots = [
    ...pathAttacks(route, path, random),
    ...(route.changes ? bodyAttacks(route, path, valid, random) : queryAttacks(path, random)),
  ];
  return lots.map((attack) => ({ ...attack, what: `${route.name} ${attack.what}` }));
}

function pathAttacks(route: TableRoute, path: string, random: Random): Attack[] {
  const names = parametersOf(route.path);
  if (names.length === 0) return [];
  return times(depth.inPath, () => {
    const text = pick(hostileTexts, random).slice(0, 3_000) || '%00';
    const values = Object.fromEntries(names.map((name) => [name, wellFormed(text)]));
    return { what: `with ${shown(text)} in its path`, path: filled(route.path, values) || path };
  });
}

function queryAttacks(path: string, random: Random): Attack[] {
  return times(depth.inQuery, () => {
    const query = new URLSearchParams(queryNames.map((name) => [name, wellFormed(pick(hostileTexts, random).slice(0, 500))]));
    const doubled = `q=1&q=2&q[$gt]=&after[a][b]=1&__proto__[x]=1&limit=5&limit=6`;
    return { what: `with a hostile query ${shown(query.get('q') ?? '')}`, path: `${path}?${query}&${doubled}` };
  });
}

function bodyAttacks(route: TableRoute, path: string, valid: Body, random: Random): Attack[] {
  const names = Object.keys(valid);
  const hostile = () => (route.isApi && chance(random) ? pick(hostileJson, random) : pick(hostileTexts, random));
  const changed = (body: Body) => ({ path, ...written(route, body) });
  const fields = names.length > 0 ? names : ['id', 'amount'];
  return [
    { what: 'with nothing in it', ...changed({}) },
    ...times(depth.broken, () => pick(brokenBodies, random)).map(({ type, body }) => ({
      what: `with a broken body ${shown(body)}`,
      path,
      type,
      body,
    })),
    ...times(depth.allAtOnce, () => ({
      what: 'with every field hostile',
      ...changed(Object.fromEntries(fields.map((name) => [name, hostile()]))),
    })),
    ...times(depth.oneByOne, () => {
      const [name, value] = [pick(fields, random), hostile()];
      return { what: `with ${name} ${shown(value)}`, ...changed({ ...valid, [name]: value }) };
    }),
    { what: 'with fields that it does not have', ...changed({ ...extraFields, ...valid }) },
  ];
}

function written(route: TableRoute, body: Body): { type: string; body: string } {
  if (route.isApi) return { type: 'application/json', body: JSON.stringify(body) };
  const pairs = Object.entries(body).flatMap(([name, value]) => {
    const all = Array.isArray(value) ? value : [value];
    return all.map((one): [string, string] => [name, wellFormed(typeof one === 'string' ? one : JSON.stringify(one))]);
  });
  return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(pairs).toString() };
}

/** Half a character cannot be written in an address; it comes as the sign for what cannot be read. */
function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd');
}

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}

function pick<T>(all: readonly T[], random: Random): T {
  const one = all[random.bytes(2).readUInt16BE() % all.length];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
}

function chance(random: Random): boolean {
  return random.bytes(1).readUInt8() < 128;
}

function shown(value: unknown): string {
  return JSON.stringify(value).slice(0, 40);
}
