import mongoose from 'mongoose';
import request, { type Response } from 'supertest';
import type TestAgent from 'supertest/lib/agent';
import { issueToken } from '../../scripts/county/issue-token';
import { checkTruths } from '../../scripts/county/run-truths';
import { together } from '../../scripts/sample-county/stage';
import { findPersonByAccount } from '../../server/identity';
import { type Permission, permissions, tokenScopes } from '../../server/identity/permissions';
import { seededRandom } from '../../server/kernel/random';
import { answerOnce } from '../../server/platform/http/answer-once';
import { useCountyApp } from '../support/county-app';
import { filled, parametersOf, routeOf, type TableRoute, tableOf } from '../support/route-table';
import { testOrigin } from '../support/sign-in';
import { faultsOf, shape } from './answers';
import { type Attack, attacksOn, depth } from './attacks';
import { explore, type Found } from './explore';
import { marker } from './hostile-values';
import { openChanges, openReasons, recordedReads, recordOfReading, writesOfRefusals } from './reviewed';
import { browserOf, isLetPast, ownGuards, type Seat, seatFor, seats, tokenOf } from './seat';
import { changedSince, stateOfCounty } from './state-of-county';
import { missingTwin, type OpenApi, validBody, validPath } from './valid-bodies';

// The attacks that the whole route table refuses: a route that is added tomorrow is asked, too, without a line in this file. How many, says
// `depth`: the slow and the long tests have files that are this one.

const county = useCountyApp();
const random = seededRandom('every route');
const browsers = new Map<string, TestAgent>();
const tokens = new Map<string, string>();
const finds = new Map<string, Found>();
let table: TableRoute[] = [];
let document: OpenApi;
const publicBaseUrl = `${testOrigin}/`;

beforeAll(async () => {
  table = tableOf(county.app);
  for (const seat of seats) await sitDown(seat);
  document = (await browser('visitor').get('/api/v1/openapi.json')).body as OpenApi;
}, 30_000);
beforeEach(() => county.forgetLimits());

async function sitDown(seat: Seat): Promise<void> {
  const its = await browserOf(county, seat);
  browsers.set(seat.key, its);
  tokens.set(seat.key, await tokenOf(its, seat));
}

const browser = (key: string): TestAgent => browsers.get(key) ?? fault(`nobody sits at ${key}`);
const nothing: Found = { addresses: new Set(), forms: [], foreign: [], opened: [] };
const found = (key: string): Found => finds.get(key) ?? (depth.explores ? fault(`${key} has not looked around`) : nothing);
const seatNamed = (key: string): Seat => seats.find((seat) => seat.key === key) ?? fault(`no seat is called ${key}`);
function fault(message: string): never {
  throw new Error(message);
}

/** Each guard on a few of its routes, which by lot: other ones for each who asks. On all of them in the long tests. */
function someOf(routes: readonly TableRoute[]): TableRoute[] {
  const drawn = routes.map((route) => ({ route, lot: random.bytes(4).readUInt32BE() })).sort((a, b) => a.lot - b.lot);
  const times = new Map<string, number>();
  return drawn.flatMap(({ route }) => {
    const asked = times.get(route.guard ?? '') ?? 0;
    times.set(route.guard ?? '', asked + 1);
    return asked < depth.perGuard ? [route] : [];
  });
}

const methodOf = ({ method }: Pick<TableRoute, 'method'>) => method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Asks for a change with a form token, as a form or as JSON. */
function ask(key: string, route: Pick<TableRoute, 'method' | 'isApi'>, path: string, body: unknown, headers = {}): Promise<Response> {
  const request = browser(key)
    [methodOf(route)](path)
    .set('x-csrf-token', tokens.get(key) ?? '')
    .set(headers);
  if (route.method === 'GET') return Promise.resolve(request);
  return Promise.resolve(route.isApi ? request.type('json').send(body as object) : request.type('form').send(body as object));
}

describe('guards', () => {
  test('each route has one that is a permission, a known guard, or open for a reason that was looked at', () => {
    const known = new Set<string>([...permissions, ...ownGuards, ...openReasons.map((reason) => `open: ${reason}`)]);
    expect(table.filter(({ guard }) => !known.has(guard ?? 'none')).map(({ name, guard }) => `${name}: ${guard}`)).toEqual([]);
  });

  test('each change that everybody may ask for was looked at', () => {
    const open = table.filter(({ changes, isWebhook, isApi, guard }) => changes && !isWebhook && !isApi && guard?.startsWith('open: '));
    expect(open.map(({ path }) => path).sort()).toEqual([...openChanges].sort());
  });

  const onePerRole = seats.filter(
    ({ key, rival }) => !rival || seats.findIndex((one) => one.key === key) < seats.findIndex((one) => one.key === rival),
  );
  test.each(onePerRole)('$key is refused by each guard that is not for this seat', async (seat) => {
    const wrong: string[] = [];
    const closed = someOf(table.filter((one) => !one.isWebhook && !isLetPast(one, seat)));
    await together(closed, async (route) => {
      const answer = await ask(seat.key, route, filled(route.path, {}), {}, { Accept: seat.role ? 'application/json' : 'text/html' });
      const isRefused = [401, 403].includes(answer.status) || isLedAway(answer);
      if (!isRefused) wrong.push(`${route.name}: ${answer.status}`);
    });
    expect(wrong).toEqual([]);
  });
});

/** A person with a browser is led to where the missing step can be taken. */
function isLedAway({ status, headers }: Response): boolean {
  return status === 303 && ['/sign-in', '/sign-in/code', '/kiosk/pairing'].includes(headers['location'] ?? '');
}

describe('access tokens', () => {
  const people = seats.filter(({ role, key }) => role && seats.find((one) => one.role === role)?.key === key).slice(0, depth.programs);
  const api = () => table.filter(({ path }) => path.startsWith('/api/v1/'));
  const isScope = (guard = ''): guard is Permission => tokenScopes.some((scope) => scope === guard);
  const askWith = async (authorization: string, route: TableRoute): Promise<Response> =>
    request(county.url)[methodOf(route)](filled(route.path, {})).set('Authorization', authorization).send();
  let made = 0;

  async function tokenFor({ key }: Seat, scopes: readonly Permission[], isReadOnly = false): Promise<string> {
    made += 1;
    const asked = { user: county.mobileOf(key), name: 'every route', days: 1, isReadOnly, requestKey: `every-route-token-${made}` };
    return `Bearer ${(await issueToken(county.ctx, { ...asked, scopes })).text}`;
  }

  test.each(people)('$key: a token passes where it carries the permission and the role has it, and nowhere else', async (seat) => {
    const held = tokenScopes.filter((scope) => isLetPast({ guard: scope }, seat));
    const whole = await tokenFor(seat, held);
    const used = held.filter((scope) => api().some(({ guard }) => guard === scope));
    const wrong: string[] = [];
    const check = async (authorization: string, carried: readonly Permission[], what: string) => {
      await together(someOf(api()), async (route) => {
        const { guard = '' } = route;
        const { status, body } = await askWith(authorization, route);
        const isRefused = /^access\.(denied|token-scope|session-only|sign-in|token|csrf)/.test(body?.code ?? '');
        const passes = guard.startsWith('open: ') || (isScope(guard) && carried.includes(guard));
        if (isRefused === passes) wrong.push(`${what} ${route.name}: ${status} ${body?.code}`);
      });
    };
    await check(whole, held, 'all scopes');
    const [one] = used.slice(made % Math.max(used.length, 1));
    if (one) await check(await tokenFor(seat, [one]), [one], `only ${one}`);
    expect(wrong).toEqual([]);
  });

  test('one that only looks changes nothing, on any route; one that is made up opens nothing', async () => {
    const seat = seatNamed('finance-1');
    const looking = await tokenFor(
      seat,
      tokenScopes.filter((scope) => isLetPast({ guard: scope }, seat)),
      true,
    );
    const before = await stateOfCounty();
    const wrong: string[] = [];
    await together(someOf(table.filter(({ isWebhook }) => !isWebhook)), async (route) => {
      const isOpenToMachines = ['/healthz', '/readyz', '/metrics'].includes(route.path);
      const madeUp = await askWith(`Bearer wh_${'0'.repeat(20)}_${'A'.repeat(43)}`, route);
      if (![401, 403].includes(madeUp.status) && !isOpenToMachines) wrong.push(`${route.name}, made up: ${madeUp.status}`);
      const looked = route.changes ? await askWith(looking, route) : undefined;
      if (looked && looked.status !== 403) wrong.push(`${route.name}, looking: ${looked.status}`);
    });
    expect(wrong).toEqual([]);
    expect(await changedSince(before)).toEqual([]);
  });
});

test('each change of the API gives the answer of the first to who repeats its key, and refuses another under it', async () => {
  const wrong: string[] = [];
  const changing = table.filter(({ changes, isApi }) => changes && isApi);
  await together(changing, async (route) => {
    const { key } = seatFor(route);
    const actor = { ...county.ctx.actor, id: (await findPersonByAccount(county.ctx, county.mobileOf(key)))?._id ?? '' };
    const path = filled(route.path, {});
    const values = Object.fromEntries(parametersOf(route.path).map((name) => [name, 'missing']));
    const headers = { 'Idempotency-Key': `planted-${changing.indexOf(route)}` };
    const input = { requestKey: headers['Idempotency-Key'], text: 'one', ...values };
    const planted = { key: input.requestKey, method: route.method, path, input };
    await answerOnce({ ...county.ctx, actor }, planted, async () => ({ status: 200, body: { planted: route.name } }));
    const same = await ask(key, route, path, { text: 'one' }, headers);
    if (same.status !== 200 || same.body.planted !== route.name) wrong.push(`${route.name}, again: ${same.status} ${same.body.code}`);
    const other = await ask(key, route, path, { text: 'other' }, headers);
    if (other.status !== 409 || other.body.code !== 'ledger.conflict')
      wrong.push(`${route.name}, other: ${other.status} ${other.body.code}`);
    const { parameters = [] } = document.paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[methodOf(route)] ?? {};
    if (!parameters.some(({ name }) => name === 'Idempotency-Key')) wrong.push(`${route.name} does not describe the key`);
  });
  expect(wrong).toEqual([]);
  expect(changing.length).toBeGreaterThan(40);
});

describe('a change', () => {
  test.each`
    lie  | why                         | headers
    ${0} | ${'without its form token'} | ${{}}
    ${1} | ${'with a made-up token'}   | ${{ 'x-csrf-token': 'f'.repeat(64) }}
    ${2} | ${'from a foreign page'}    | ${{ Origin: 'https://evil.example', token: 'own' }}
    ${3} | ${'from a foreign site'}    | ${{ 'Sec-Fetch-Site': 'cross-site', token: 'own' }}
  `('$why is refused on every route', async ({ lie, headers: { token, ...headers } }) => {
    const before = await stateOfCounty();
    const wrong: string[] = [];
    const changing = table.filter(({ changes, isWebhook }) => changes && !isWebhook);
    const lied = changing.filter((_, place) => (place + lie) % 4 < depth.lies); // in the quick tests one of the four to each route
    await together(lied, async (route) => {
      const { key } = seatFor(route);
      const asked = browser(key)[methodOf(route)](filled(route.path, {})).set(headers);
      if (token) asked.set('x-csrf-token', tokens.get(key) ?? '');
      const { status, body } = await asked.set('Accept', 'application/json').send({});
      if (status !== 403 || body.code !== 'access.csrf') wrong.push(`${route.name}: ${status} ${body.code}`);
    });
    expect(wrong).toEqual([]);
    expect(await changedSince(before)).toEqual([]);
  });
});

test('no route stands behind another that takes its address', () => {
  const takes = (pattern: string, path: string) => {
    const [steps, other] = [pattern.split('/'), path.split('/')];
    return steps.length === other.length && steps.every((step, at) => step.startsWith(':') || step === other[at]);
  };
  const hidden = table.flatMap(({ name, method, path }, at) =>
    table
      .slice(0, at)
      .filter((earlier) => earlier.method === method && earlier.path !== path && takes(earlier.path, path))
      .map((earlier) => `${name} is taken by ${earlier.name}`),
  );
  expect(hidden).toEqual([]);
});

test('a browser that opens the address of a form is led to a page, a program is told how it is asked', async () => {
  const isPage = (path: string) => routeOf(table, 'GET', path) !== undefined;
  const formsOnly = table.filter(({ path, changes, isApi, isWebhook }) => changes && !isApi && !isWebhook && !isPage(filled(path, {})));
  expect(formsOnly.length).toBeGreaterThan(20);
  const wrong: string[] = [];
  await together(formsOnly, async (route) => {
    const { key } = seatFor(route);
    const path = filled(route.path, {});
    const { status, headers } = await browser(key).get(path).set('Accept', 'text/html,application/xhtml+xml');
    if (status !== 303 || !isPage(headers['location'] ?? '')) wrong.push(`${route.name}: ${status} ${headers['location']}`);
    const program = await browser(key).get(path).set('Accept', 'application/json');
    if (program.status !== 405 || program.headers['allow'] !== route.method) wrong.push(`${route.name} for a program: ${program.status}`);
  });
  expect(wrong).toEqual([]);
});

if (depth.explores) {
  describe('what is shown', () => {
    test.each(seats)('$key: every link leads somewhere, and looking changes nothing', async (seat) => {
      const before = await stateOfCounty();
      const start = table.filter((route) => route.method === 'GET' && parametersOf(route.path).length === 0 && isLetPast(route, seat));
      const its = await explore(
        browser(seat.key),
        table,
        start.map(({ path }) => path).filter((path) => !path.startsWith('/api/')),
      );
      finds.set(seat.key, its);
      // Where nobody links to, a page may want more than its address; the books and the audit name documents of every room.
      const isClosed = ({ status, linkedFrom = '' }: Found['opened'][number]) =>
        status >= 500 || (status >= 400 && linkedFrom !== '' && !(status === 403 && /^\/(ledger|audit)/.test(linkedFrom)));
      const closed = its.opened.filter(isClosed);
      expect(closed.map(({ address, status, linkedFrom }) => `${address}: ${status}, linked from ${linkedFrom}`)).toEqual([]);
      expect(its.foreign.filter((address) => !address.startsWith(publicBaseUrl))).toEqual([]);
      const mayRecord = its.opened.some(({ address }) => recordedReads.includes(routeOf(table, 'GET', address)?.path ?? ''));
      const changed = await changedSince(before);
      expect(changed.filter((name) => !(mayRecord && recordOfReading.includes(name)))).toEqual([]);
      expect(faults()).toEqual([]);
    });
  });

  describe('found means allowed', () => {
    test.each(seats.filter(({ rival }) => rival))('$key gets for what only $rival sees what nothing gets', async ({ key, rival = '' }) => {
      const wrong: string[] = [];
      const seat = seatNamed(key);
      let asked = 0;
      // Whoever acts for one family or organisation is asked for everything that anybody finds.
      const isOne = seat.role === 'household' || seat.role === 'donorOwner';
      const theirs = isOne ? seats.flatMap((one) => [...found(one.key).addresses]) : [...found(rival).addresses];
      for (const address of new Set(theirs)) {
        const [path = ''] = address.split('?');
        if (found(key).addresses.has(address) || found(key).addresses.has(path)) continue;
        for (const [method, at] of ['GET', 'POST'].flatMap((one) => [[one, path] as const, [one, `/api/v1${path}`] as const])) {
          const route = routeOf(table, method, at);
          if (!route || parametersOf(route.path).length === 0 || !isLetPast(route, seat) || route.guard?.startsWith('open: ')) continue;
          const body = route.changes ? validBody(route, document, found(rival)) : {};
          const [real, nothing] = await Promise.all([ask(key, route, at, body), ask(key, route, missingTwin(at), body)]);
          asked += 1;
          if (shape(real, at) !== shape(nothing, missingTwin(at)))
            wrong.push(`${method} ${at}: ${real.status}, nothing: ${nothing.status}`);
          else if (real.status < 400) wrong.push(`${method} ${at}: ${real.status}`);
        }
      }
      expect(wrong).toEqual([]);
      expect(asked).toBeGreaterThan(0);
    });
  });
}

describe('hostile input', () => {
  // Ending sessions and people last, so that the seats stay taken while the others are asked.
  const lastOnes = ['/sign-out', '/people', '/me'];
  const rank = ({ path }: TableRoute) => lastOnes.findIndex((start) => path.replace('/api/v1', '').startsWith(start));

  test.each(['reading', 'changing'])(
    '%s: each route answers everything in words, without a fault, an echo or half an effect',
    async (kind) => {
      const wrong: string[] = [];
      const asked = table.filter(({ changes, isWebhook }) => changes === (kind === 'changing') && !isWebhook);
      asked.sort((a, b) => rank(a) - rank(b));
      for (const route of asked) wrong.push(...(await attacked(route)));
      expect(wrong).toEqual([]);
    },
    180_000,
  );

  test('a webhook that nobody signed is refused', async () => {
    const wrong: string[] = [];
    for (const { path } of table.filter(({ isWebhook }) => isWebhook)) {
      for (const body of ['', '{}', '{"type":"checkout.session.completed"}', 'x'.repeat(300_000)]) {
        const { status } = await browser('visitor').post(path).set('stripe-signature', 't=1,v1=00').type('json').send(body);
        if (status < 400 || status >= 500) wrong.push(`${path}: ${status}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('nothing has kept a field that no form has', async () => {
    const keepers: string[] = [];
    for (const collection of (await mongoose.connection.db?.collections()) ?? []) {
      for await (const row of collection.find()) if (JSON.stringify(row).includes(marker)) keepers.push(collection.collectionName);
    }
    expect(keepers).toEqual([]);
  });

  test('after all of it the county still holds its truths', async () => {
    expect(await checkTruths(county.ctx.ledger)).toEqual([]);
  });
});

/** Tries everything on one route; the faults found. */
async function attacked(route: TableRoute): Promise<string[]> {
  const seat = seatFor(route);
  const path = validPath(route, table, [found(seat.key), ...finds.values()]);
  if (seat.key === 'kiosk') await showCard();
  const attacks = attacksOn(route, path, validBody(route, document, found(seat.key)), random);
  const before = await stateOfCounty();
  const answers = await attackAll(seat, route, attacks);
  const wrong = attacks.flatMap((attack, place) => faultsOf(attack, answers[place]));
  wrong.push(...faults());
  // What was refused is asked again alone, since those that were taken had a right to change something.
  const refused = attacks.filter((_, place) => (answers[place]?.status ?? 0) >= 400);
  const isTouched = answers.length > refused.length;
  const between = isTouched ? await stateOfCounty() : before;
  const asked = isTouched ? await attackAll(seat, route, refused.slice(-depth.again)) : [];
  const isTaken = asked.some(({ status }) => status < 400); // refused only because others came at the same time
  const changed = (await changedSince(between)).filter((name) => !writesOfRefusals[route.path]?.includes(name));
  if (changed.length > 0 && !isTaken) wrong.push(`${route.name}: refused requests changed ${changed.join(', ')}`);
  if (isTouched) await sitDownAgain(seat);
  return wrong;
}

/** Somebody stands at the kiosk and has said who it is. */
async function showCard(): Promise<void> {
  await county.forgetLimits();
  const kiosk = seatNamed('kiosk');
  const form = { method: 'POST', isApi: false };
  await ask(kiosk.key, form, '/kiosk/visits', { card: county.county.families[0]?.card });
  await ask(kiosk.key, form, '/kiosk/me', {});
}

const atOnce = 5; // below every limit

async function attackAll(seat: Seat, route: TableRoute, attacks: readonly Attack[]): Promise<Response[]> {
  const answers: Response[] = [];
  for (let start = 0; start < attacks.length; start += atOnce) {
    await county.forgetLimits();
    answers.push(...(await Promise.all(attacks.slice(start, start + atOnce).map((attack) => attackOnce(seat, route, attack)))));
  }
  return answers;
}

async function attackOnce(seat: Seat, route: TableRoute, { path, type = '', body }: Attack): Promise<Response> {
  const request = browser(seat.key)
    [methodOf(route)](path)
    .set('x-csrf-token', tokens.get(seat.key) ?? '')
    .timeout(5_000);
  return await (body === undefined ? request : request.set('Content-Type', type).send(body));
}

/** Some of what was taken ended the session, as it should. */
async function sitDownAgain(seat: Seat): Promise<void> {
  if (!seat.role) return;
  const { status } = await browser(seat.key).get('/me').set('Accept', 'application/json');
  if (status !== 401) return;
  county.forget(seat.key);
  await sitDown(seat);
}

/** Lines of the log that say a fault of ours, since asked last. */
let read = 0;
function faults(): string[] {
  const lines = county.log
    .slice(read)
    .map((line) => JSON.parse(line) as { level: number | string; msg?: string; err?: unknown; req?: unknown });
  read = county.log.length;
  return lines
    .filter(({ level }) => level === 'error' || (typeof level === 'number' && level >= 50))
    .map((line) => JSON.stringify(line).slice(0, 600));
}
