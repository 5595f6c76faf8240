import type { Express } from 'express';
import request from 'supertest';
import { findAuditEvents } from '../../server/audit';
import { allow, deactivatePerson, endGrant, findPersonOrThrow, grantRole, type User } from '../../server/identity';
import { fullMobile } from '../../server/identity/find-people';
import { SteppedClock } from '../../server/kernel/clock';
import { routes } from '../../server/platform/http/routes';
import { ensureIndexes } from '../../server/platform/mongo/indexes';
import { agentOf, appWithPeople, codeOf, samplePerson, submit, testContext, testPassword, useTestKeys } from '../support/sign-in';
import { useTestDatabase, useTestRedis } from '../support/test-database';

useTestDatabase();
const redis = useTestRedis();
useTestKeys();
const clock = new SteppedClock('2026-11-24T00:00:10Z');
const system = testContext(clock);
const log: string[] = [];
let app: Express;
let cadre: User;
let manager: User;

beforeAll(async () => {
  await ensureIndexes();
  const room = routes();
  room.get('/cases', allow('aid.approve'), (req, res) => res.send(`cases for ${req.ctx.actor.id}`));
  room.get('/api/v1/cases', allow('aid.approve'), (req, res) => res.json({ actor: req.ctx.actor.id }));
  room.get('/deeds', allow('deed.record'), (req, res) => res.send(`deeds for ${req.ctx.actor.id}`));
  app = await appWithPeople(redis, clock, { rooms: [room], log });
  cadre = await samplePerson(system, [{ role: 'villageCadre', scope: '130499101201' }], { secondFactor: false });
  manager = await samplePerson(system, [{ role: 'fundManager', scope: '130499' }]);
});
beforeEach(() => redis.flushdb()); // the limits of the test before
afterEach(() => clock.advance(60_000));

const fields = (user: User, password = testPassword) => ({ account: fullMobile(user) ?? '', password });

test('who has not signed in is led to the sign-in and then to the page that was wanted', async () => {
  const agent = request.agent(app);
  const asked = await agent.get('/deeds?village=1');
  expect([asked.status, asked.headers['location']]).toEqual([303, '/sign-in']);
  const answer = await submit(agent, '/sign-in', '/sign-in', fields(cadre));
  expect([answer.status, answer.headers['location']]).toEqual([303, '/deeds?village=1']);
  expect((await agent.get('/deeds')).text).toBe(`deeds for ${cadre._id}`);
});

test('a program gets a problem instead of a page', async () => {
  const answer = await request(app).get('/api/v1/cases');
  expect([answer.status, answer.body.code]).toEqual([401, 'access.sign-in']);
});

test('a permission that the role lacks is no page', async () => {
  const agent = await agentOf(app, cadre._id, system);
  expect((await agent.get('/cases')).status).toBe(403);
});

test('an approver shows six digits before anything opens', async () => {
  const agent = request.agent(app);
  const first = await submit(agent, '/sign-in', '/sign-in', fields(manager));
  expect(first.headers['location']).toBe('/sign-in/code');
  expect((await agent.get('/cases')).headers['location']).toBe('/sign-in'); // the password alone signs nobody in
  const second = await submit(agent, '/sign-in/code', '/sign-in/code', { code: await codeOf(manager, clock) });
  expect([second.status, second.headers['location']]).toEqual([303, '/cases']);
  expect((await agent.get('/cases')).text).toBe(`cases for ${manager._id}`);
});

test('the session gets a new id at the password and at the second step', async () => {
  const agent = request.agent(app);
  const idOf = (answer: { headers: Record<string, unknown> }) => String(answer.headers['set-cookie']).split(';')[0];
  const before = idOf(await agent.get('/sign-in'));
  const first = idOf(await submit(agent, '/sign-in', '/sign-in', fields(manager)));
  const second = idOf(await submit(agent, '/sign-in/code', '/sign-in/code', { code: await codeOf(manager, clock) }));
  expect(new Set([before, first, second]).size).toBe(3);
  const stolen = await request(app)
    .get('/cases')
    .set('Cookie', before ?? '');
  expect(stolen.headers['location']).toBe('/sign-in');
});

test('six digits work once', async () => {
  const code = await codeOf(manager, clock);
  const tryWith = async (typed: string) => {
    const agent = request.agent(app);
    await submit(agent, '/sign-in', '/sign-in', fields(manager));
    return (await submit(agent, '/sign-in/code', '/sign-in/code', { code: typed })).status;
  };
  expect([await tryWith(code), await tryWith(code)]).toEqual([303, 422]);
  expect(await tryWith(await codeOf(manager, clock, 1))).toBe(303); // the next half minute's, as a fast clock shows it
});

test('ten wrong codes in a row pause the second factor, also for the right one', async () => {
  const someone = await samplePerson(system, [{ role: 'financeOfficer', scope: '130499' }]);
  const agent = request.agent(app);
  await submit(agent, '/sign-in', '/sign-in', fields(someone));
  const statuses: number[] = [];
  let pause = '';
  for (let guess = 0; guess < 11; guess += 1) {
    await redis.flushdb().then(() => undefined);
    await signInToCode(agent, someone);
    const answer = await submit(agent, '/sign-in/code', '/sign-in/code', { code: '000000' });
    statuses.push(answer.status);
    pause = `${answer.headers['retry-after']} ${/请过 \d+ 分钟/.exec(answer.text)?.[0]}`;
  }
  expect([statuses, pause]).toEqual([[...Array(10).fill(422), 429], '900 请过 15 分钟']);
  clock.advance(16 * 60_000);
  await redis.flushdb();
  await signInToCode(agent, someone);
  expect((await submit(agent, '/sign-in/code', '/sign-in/code', { code: await codeOf(someone, clock) })).status).toBe(303);
});

async function signInToCode(agent: ReturnType<typeof request.agent>, user: User): Promise<void> {
  await submit(agent, '/sign-in', '/sign-in', fields(user));
}

test('a wrong password, an unknown account and a deactivated person get the same answer', async () => {
  const gone = await samplePerson(system, [{ role: 'villageCadre', scope: '130499101201' }], { secondFactor: false });
  await deactivatePerson(system, { id: gone._id, reason: '调走了' });
  const answers = [
    await submit(request.agent(app), '/sign-in', '/sign-in', fields(cadre, 'not my password')),
    await submit(request.agent(app), '/sign-in', '/sign-in', { account: '13911112222', password: 'not my password' }),
    await submit(request.agent(app), '/sign-in', '/sign-in', fields(gone)),
    await submit(request.agent(app), '/sign-in', '/sign-in', { account: '？？？', password: 'not my password' }),
  ];
  const same = (text: string) => text.replace(/value="[^"]*"/g, '').replace(/req_\w+/g, '');
  expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 422]);
  expect(new Set(answers.map(({ text }) => same(text))).size).toBe(1);
  expect(answers[0]?.text).toContain('账号或密码不对');
  expect(answers[0]?.text).toContain(`value="${fullMobile(cadre)}"`); // what was typed stays, but not the password
  expect(answers[0]?.text).not.toContain('not my password');
});

test('guessing at one account is stopped after ten tries a minute, from wherever it comes', async () => {
  const statuses: number[] = [];
  for (let guess = 0; guess < 10; guess += 1) statuses.push((await guessAt(fields(cadre, `guess number ${guess}`))).status);
  expect(statuses).toEqual(Array(10).fill(422));
  const refused = await guessAt(fields(cadre));
  expect([refused.status, refused.text.includes('请过 1 分钟再来')]).toEqual([429, true]);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect((await guessAt(fields(manager))).status).toBe(303); // others sign in from the same address
});

test('guessing at many accounts from one address is stopped after sixty tries a minute', async () => {
  const statuses: number[] = [];
  for (let guess = 0; guess < 61; guess += 1) {
    statuses.push((await guessAt({ account: `1391111${1_000 + guess}`, password: 'not my password' })).status);
  }
  expect(statuses).toEqual([...Array(60).fill(422), 429]);
});

test('trying links for a new password is stopped after twenty a minute from one address', async () => {
  const statuses: number[] = [];
  for (let guess = 0; guess < 21; guess += 1) statuses.push((await request(app).get(`/password?link=lnk_${guess}`)).status);
  expect(statuses).toEqual([...Array(20).fill(404), 429]);
});

async function guessAt(typed: Record<string, string>) {
  return submit(request.agent(app), '/sign-in', '/sign-in', typed);
}

test('somebody deactivated is out at the next request', async () => {
  const someone = await samplePerson(system, [{ role: 'villageCadre', scope: '130499101201' }], { secondFactor: false });
  const agent = await agentOf(app, someone._id, system);
  expect((await agent.get('/deeds')).status).toBe(200);
  await deactivatePerson(system, { id: someone._id, reason: '调走了' });
  expect((await agent.get('/deeds')).headers['location']).toBe('/sign-in');
});

test('all sessions of a person lose a right, and then the county, as soon as an administrator says so in another', async () => {
  const admin = await samplePerson(system, [{ role: 'countyAdmin', scope: '130499' }]);
  const roles = [
    { role: 'villageCadre', scope: '130499101201' },
    { role: 'fundManager', scope: '130499' },
  ] as const;
  const someone = await samplePerson(system, [...roles]);
  const byAdmin = await agentOf(app, admin._id, system);
  const sessions = [await agentOf(app, someone._id, system), await agentOf(app, someone._id, system)];
  const statuses = (path: string) => Promise.all(sessions.map(async (agent) => (await agent.get(path)).status));
  const path = `/people/${someone._id}`;
  expect([await statuses('/cases'), await statuses('/deeds')]).toEqual([
    [200, 200],
    [200, 200],
  ]);
  await submit(byAdmin, path, `${path}/grants/${someone.grants[1]?.id}/end`, {});
  expect([await statuses('/cases'), await statuses('/deeds')]).toEqual([
    [403, 403],
    [200, 200],
  ]);
  await submit(byAdmin, path, `${path}/deactivation`, { reason: '调走了' });
  expect([await statuses('/cases'), await statuses('/deeds'), await statuses('/me')]).toEqual([
    [303, 303],
    [303, 303],
    [303, 303],
  ]);
});

test('a grant that ended, by hand or by its last day, opens nothing from the next request on', async () => {
  const someone = await samplePerson(system, [{ role: 'villageCadre', scope: '130499101201' }], { secondFactor: false });
  const agent = await agentOf(app, someone._id, system);
  await endGrant(system, { id: someone._id, grant: someone.grants[0]?.id ?? '' });
  expect((await agent.get('/deeds')).status).toBe(403);
  await grantRole(system, { id: someone._id, role: 'townshipOfficer', scope: '130499101', until: today(), requestKey: 'until-today' });
  expect((await agent.get('/deeds')).status).toBe(200);
  clock.advance(24 * 3_600_000);
  expect((await agent.get('/deeds')).status).toBe(403);
});

function today() {
  return clock.now().toISOString().slice(0, 10) as User['grants'][number]['from'] as never;
}

test('who is given an approving role while signed in by password is asked for the second factor', async () => {
  const someone = await samplePerson(system, [{ role: 'villageCadre', scope: '130499101201' }], { secondFactor: false });
  const agent = await agentOf(app, someone._id, system);
  await grantRole(system, { id: someone._id, role: 'fundManager', scope: '130499', until: undefined, requestKey: 'promoted-today' });
  const asked = await agent.get('/cases');
  expect(asked.headers['location']).toBe('/sign-in/code');
  expect((await agent.get('/sign-in/code')).headers['location']).toBe('/sign-in/enrolment');
  expect((await agent.get('/api/v1/cases')).body.code).toBe('access.second-factor');
});

test('signing out ends the session on the server', async () => {
  const agent = await agentOf(app, cadre._id, system);
  const cookie = String((await agent.get('/deeds')).request.getHeader('cookie'));
  await submit(agent, '/me', '/sign-out', {});
  const stolen = await request(app).get('/deeds').set('Cookie', cookie);
  expect(stolen.headers['location']).toBe('/sign-in');
});

test('the audit says who came in and what was refused, without naming an account', async () => {
  await agentOf(app, manager._id, system);
  await submit(request.agent(app), '/sign-in', '/sign-in', { account: '13911112222', password: 'not my password' });
  const [came] = (await findAuditEvents(system, { what: 'person.signedIn', subjectId: manager._id }, { limit: 1 })).rows;
  expect(came).toMatchObject({ actor: manager._id, after: { how: 'secondFactor' } });
  const [refused] = (await findAuditEvents(system, { what: 'person.signInRefused' }, { limit: 1 })).rows;
  expect(refused).toMatchObject({ actor: 'visitor', subjectType: 'account' });
  expect(JSON.stringify(refused)).not.toContain('13911112222');
  expect((await findPersonOrThrow(system, manager._id)).lastSignInAt).toEqual(clock.now());
});

test('nothing that a person typed stands in the log', () => {
  expect(log.join('\n')).not.toMatch(/139\d{8}|seven warm|not my password/);
});
