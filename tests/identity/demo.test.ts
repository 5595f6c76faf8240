import request from 'supertest';
import { findPersonOrThrow, registerDemoSeat } from '../../server/identity';
import { fullMobile } from '../../server/identity/find-people';
import { SteppedClock } from '../../server/kernel/clock';
import { listRoutes } from '../../server/platform/http/route-table';
import { ensureIndexes } from '../../server/platform/mongo/indexes';
import { appWithPeople, samplePerson, submit, testContext, testPassword, tokenOn, useTestKeys } from '../support/sign-in';
import { useTestDatabase, useTestRedis } from '../support/test-database';

useTestDatabase();
const redis = useTestRedis();
useTestKeys();
const clock = new SteppedClock('2026-11-24T00:00:10Z');
const system = testContext(clock);
let managerId = '';

beforeAll(async () => {
  await ensureIndexes();
  const manager = await samplePerson(system, [{ role: 'fundManager', scope: '130499' }]);
  managerId = manager._id;
  const seat = { seat: 'manager', userId: managerId, role: 'fundManager', icon: 'clipboard-check', landing: '/me', rank: 1 } as const;
  await registerDemoSeat(system, { ...seat, firstTaskKey: 'identity:cast.note', isCard: true });
  await registerDemoSeat(system, { ...seat, firstTaskKey: 'identity:cast.note', isCard: true }); // a seed that runs twice
  const auditor = await samplePerson(system, [{ role: 'auditor', scope: '130499' }], { name: '王秀英' });
  const row = { seat: 'auditor', userId: auditor._id, role: 'auditor', icon: 'search', landing: '/me', rank: 2 } as const;
  await registerDemoSeat(system, { ...row, firstTaskKey: 'identity:cast.note' });
});
beforeEach(() => redis.flushdb());

const demo = () => appWithPeople(redis, clock, { env: { DEMO: 'true' } });
const real = () => appWithPeople(redis, clock);

test('in the demonstration one click signs in, in a session of its own', async () => {
  const agent = request.agent(await demo());
  const page = await agent.get('/sign-in');
  expect(page.text.match(/formaction="\/demo\/seats\/manager"/g)).toHaveLength(1);
  expect(page.text).toContain('陈*华');
  const before = String(page.headers['set-cookie']).split(';')[0];
  const answer = await submit(agent, '/sign-in', '/demo/seats/manager', {});
  expect([answer.status, answer.headers['location']]).toEqual([303, '/me']);
  expect(String(answer.headers['set-cookie']).split(';')[0]).not.toBe(before);
  expect((await agent.get('/me')).text).toContain('陈建华');
});

test('in the demonstration every page offers the seats, marks the one taken, and changes it by one click', async () => {
  const agent = request.agent(await demo());
  expect((await agent.get('/password/lost')).text).toMatch(/<button class="seat" formaction="\/demo\/seats\/manager">/);
  await submit(agent, '/password/lost', '/demo/seats/manager', {});
  const { text } = await agent.get('/me');
  expect(text).toMatch(/formaction="\/demo\/seats\/manager" aria-current="true"/);
  expect(text).toMatch(/formaction="\/demo\/seats\/auditor">/);
  await submit(agent, '/me', '/demo/seats/auditor', {});
  expect((await agent.get('/me')).text).toMatch(/formaction="\/demo\/seats\/auditor" aria-current="true"/);
});

test('in the demonstration the six digits stand beside the field, and work', async () => {
  const agent = request.agent(await demo());
  const user = await findPersonOrThrow(system, managerId);
  for (let round = 0; round < 2; round += 1) {
    await submit(agent, '/sign-in', '/sign-in', { account: fullMobile(user) ?? '', password: testPassword });
    const { text } = await agent.get('/sign-in/code');
    const code = /<b>(\d{6})<\/b>/.exec(text)?.[1] ?? '';
    const answer = await submit(agent, '/sign-in/code', '/sign-in/code', { code });
    expect(answer.status).toBe(303); // the second time it is the next half minute's, since this one's were used
    await submit(agent, '/me', '/sign-out', {});
  }
});

test('in the demonstration, when the codes of now are used up, the next one stands there with how long to wait', async () => {
  const agent = request.agent(await demo());
  const waiter = await samplePerson(system, [{ role: 'fundManager', scope: '130499' }]);
  const reachCode = () => submit(agent, '/sign-in', '/sign-in', { account: fullMobile(waiter) ?? '', password: testPassword });
  const codeOn = (page: string) => /<b>(\d{6})<\/b>/.exec(page)?.[1] ?? '';
  for (let round = 0; round < 2; round += 1) {
    await reachCode();
    const { text } = await agent.get('/sign-in/code');
    expect(text).not.toContain('秒再填');
    await submit(agent, '/sign-in/code', '/sign-in/code', { code: codeOn(text) });
    await submit(agent, '/me', '/sign-out', {});
  }
  await reachCode();
  const refused = await submit(agent, '/sign-in/code', '/sign-in/code', { code: codeOn((await agent.get('/sign-in/code')).text) });
  expect(refused.status).toBe(422); // each code works once, and this one is not of now yet
  expect(refused.text).toContain('过 20 秒再填');
  clock.advance(20_000);
  expect((await submit(agent, '/sign-in/code', '/sign-in/code', { code: codeOn(refused.text) })).status).toBe(303);
});

test('in the demonstration the first code stands beside the field of a new authenticator, and works', async () => {
  const newcomer = await samplePerson(system, [{ role: 'fundManager', scope: '130499' }], { secondFactor: false });
  const account = { account: fullMobile(newcomer) ?? '', password: testPassword };
  const outside = request.agent(await real());
  await submit(outside, '/sign-in', '/sign-in', account);
  expect((await outside.get('/sign-in/enrolment')).text).not.toMatch(/<b>\d{6}<\/b>/);

  const agent = request.agent(await demo());
  await submit(agent, '/sign-in', '/sign-in', account);
  const code = /<b>(\d{6})<\/b>/.exec((await agent.get('/sign-in/enrolment')).text)?.[1] ?? '';
  const answer = await submit(agent, '/sign-in/enrolment', '/sign-in/enrolment', { code });
  expect(answer.status).toBe(303);
  expect((await agent.get(answer.headers['location'] ?? '')).text).toContain('抄下恢复码');
});

test('a seat that does not exist is no page', async () => {
  const agent = request.agent(await demo());
  for (const seat of ['nobody', '%00', 'a'.repeat(80)]) {
    expect((await submit(agent, '/sign-in', `/demo/seats/${seat}`, {})).status).toBeGreaterThanOrEqual(400);
  }
});

test('outside the demonstration there are no seats, no cast and no codes', async () => {
  const app = await real();
  expect(listRoutes(app).filter(({ path }) => path.includes('demo'))).toEqual([]);
  const agent = request.agent(app);
  const page = await agent.get('/sign-in');
  expect(page.text).not.toMatch(/demo\/seats|陈\*华|体验一下|换个人/);
  const taken = await agent
    .post('/demo/seats/manager')
    .type('form')
    .send({ _csrf: await tokenOn(agent, '/sign-in') });
  expect(taken.status).toBe(404);
  const user = await findPersonOrThrow(system, managerId);
  await submit(agent, '/sign-in', '/sign-in', { account: fullMobile(user) ?? '', password: testPassword });
  const { text } = await agent.get('/sign-in/code');
  expect(text).toContain('六位数字');
  expect(text).not.toMatch(/<b>\d{6}<\/b>/);
});
