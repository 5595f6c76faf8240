import type { Express } from 'express';
import request from 'supertest';
import type TestAgent from 'supertest/lib/agent';
import { findActor, findPersonOrThrow, invitePerson, type User } from '../../server/identity';
import { enrolSecondFactor, renewRecoveryCodes } from '../../server/identity/enrol-second-factor';
import { fullMobile } from '../../server/identity/find-people';
import { resetPassword } from '../../server/identity/reset-password';
import { setPassword } from '../../server/identity/set-password';
import { SteppedClock } from '../../server/kernel/clock';
import type { Context } from '../../server/kernel/context';
import { ensureIndexes } from '../../server/platform/mongo/indexes';
import { newTotpSecret, totpCode, totpStep } from '../../server/platform/totp/totp';
import { agentOf, appWithPeople, codeOf, samplePerson, submit, testContext, testPassword, tokenOn, useTestKeys } from '../support/sign-in';
import { signingCode } from '../support/signing';
import { useTestDatabase, useTestRedis } from '../support/test-database';

useTestDatabase();
const redis = useTestRedis();
useTestKeys();
const clock = new SteppedClock('2026-11-24T00:00:10Z');
const system = testContext(clock);
let app: Express;
let adminCtx: Context;

beforeAll(async () => {
  await ensureIndexes();
  app = await appWithPeople(redis, clock);
  const admin = await samplePerson(system, [{ role: 'countyAdmin', scope: '130499' }], { name: '杨军' });
  adminCtx = testContext(clock, { actor: await findActor(system, admin._id) });
});
beforeEach(() => redis.flushdb());
afterEach(() => clock.advance(60_000));

const newPassword = 'quiet autumn paper';
let mobiles = 0;

async function invited(): Promise<{ user: User; path: string }> {
  mobiles += 1;
  const { user, path } = await invitePerson(adminCtx, {
    name: '韩雪',
    mobile: `1370000${String(mobiles).padStart(4, '0')}`,
    role: 'financeOfficer',
    scope: '130499',
    until: undefined,
    requestKey: `invitation-${mobiles}`,
  });
  return { user, path: path ?? '' };
}

async function choose(agent: TestAgent, path: string, password = newPassword, again = password) {
  const link = new URL(path, 'http://here').searchParams.get('link') ?? '';
  return submit(agent, path, '/password', { link, newPassword: password, again });
}

test('an invitation leads to a password, an authenticator, recovery codes and in', async () => {
  const { user, path } = await invited();
  const agent = request.agent(app);
  expect((await agent.get(path)).text).toContain('137****');
  expect((await choose(agent, path)).text).toContain('密码设好了');
  expect((await findPersonOrThrow(system, user._id)).state).toMatchObject({ name: 'active', by: user._id });

  const first = await submit(agent, '/sign-in', '/sign-in', { account: fullMobile(user) ?? '', password: newPassword });
  expect(first.headers['location']).toBe('/sign-in/enrolment');
  const page = await agent.get('/sign-in/enrolment');
  expect(page.text).toContain('data:image/svg+xml;base64,');
  const secret = (/<code[^>]*>([A-Z2-7 ]+)<\/code>/.exec(page.text)?.[1] ?? '').replaceAll(' ', '');
  const wrong = await submit(agent, '/sign-in/enrolment', '/sign-in/enrolment', { code: '000000' });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain(secret.slice(0, 4)); // the same secret stays on the page
  const code = await totpCode(secret, totpStep(clock.now()));
  const done = await submit(agent, '/sign-in/enrolment', '/sign-in/enrolment', { code });
  expect(done.headers['location']).toBe('/me/recovery-codes');
  const shown = await agent.get('/me/recovery-codes');
  const codes = [...shown.text.matchAll(/<code>([0-9a-z]{5}-[0-9a-z]{5})<\/code>/g)].map((match) => match[1] ?? '');
  expect(new Set(codes).size).toBe(10);
  const reloaded = await agent.get('/me/recovery-codes').expect(200);
  expect(reloaded.text).not.toContain(codes[0]);
  expect(reloaded.text).toContain('抄下来的还剩 10 个能用');
  expect(reloaded.text).toContain('action="/me/recovery-codes"');
  expect((await agent.get('/me')).status).toBe(200);

  const stored = JSON.stringify(await findPersonOrThrow(system, user._id));
  for (const secretText of [...codes, secret, newPassword, fullMobile(user) ?? '', '韩雪']) expect(stored).not.toContain(secretText);

  const another = request.agent(app);
  await submit(another, '/sign-in', '/sign-in', { account: fullMobile(user) ?? '', password: newPassword });
  const byRecovery = async (typed: string) => (await submit(another, '/sign-in/code', '/sign-in/code', { code: typed })).status;
  expect(await byRecovery((codes[3] ?? '').toUpperCase())).toBe(303);
  await submit(another, '/me', '/sign-out', {});
  await submit(another, '/sign-in', '/sign-in', { account: fullMobile(user) ?? '', password: newPassword });
  expect(await byRecovery(codes[3] ?? '')).toBe(422); // each works once
});

test('an invitation works once and for seven days; asked twice, it is one', async () => {
  const { path } = await invited();
  expect((await choose(request.agent(app), path)).status).toBe(200);
  expect((await request(app).get(path)).status).toBe(404);

  const late = await invited();
  clock.advance(7 * 24 * 3_600_000);
  expect((await request(app).get(late.path)).status).toBe(404);

  mobiles += 1;
  const input = {
    name: '韩雪',
    mobile: `1370000${String(mobiles).padStart(4, '0')}`,
    role: 'financeOfficer',
    scope: '130499',
    until: undefined,
    requestKey: 'twice-asked',
  } as const;
  const [one, two] = [await invitePerson(adminCtx, input), await invitePerson(adminCtx, input)];
  expect(two).toEqual(one);
});

test.each`
  typed                  | again                  | why
  ${'short one'}         | ${'short one'}         | ${'至少 10 个字'}
  ${'1234567890'}        | ${'1234567890'}        | ${'太常见'}
  ${'aaaaaaaaaaaa'}      | ${'aaaaaaaaaaaa'}      | ${'太常见'}
  ${'warm 13700009999!'} | ${'warm 13700009999!'} | ${'账号放进密码'}
  ${newPassword}         | ${'quiet autumn'}      | ${'两遍填的不一样'}
`('the password $typed is refused: $why', async ({ typed, again, why }) => {
  const { path } = await invitePerson(adminCtx, {
    name: '韩雪',
    mobile: '13700009999',
    role: 'villageCadre',
    scope: '130499101201',
    until: undefined,
    requestKey: 'refused-passwords',
  });
  const answer = await choose(request.agent(app), path ?? '', typed, again);
  expect(answer.status).toBe(422);
  expect(answer.text).toContain(why);
});

test('a password that is too short and typed differently is told both at once', async () => {
  const { path } = await invitePerson(adminCtx, {
    name: '韩雪',
    mobile: '13700009998',
    role: 'villageCadre',
    scope: '130499101201',
    until: undefined,
    requestKey: 'two-faults',
  });
  const { text } = await choose(request.agent(app), path ?? '', 'short', 'shorter');
  expect(text).toContain('至少 10 个字');
  expect(text).toContain('两遍填的不一样');
});

test('of two at once behind one link, or with two authenticators for one person, only one is told that it is done', async () => {
  const { user, path } = await invited();
  const link = new URL(path, 'http://here').searchParams.get('link') ?? '';
  const outcomes = async (tries: Promise<unknown>[]) => (await Promise.allSettled(tries)).map(({ status }) => status).sort();
  const chosen = [newPassword, 'loud summer stone'].map((password) => setPassword(system, { link, newPassword: password }));
  expect(await outcomes(chosen)).toEqual(['fulfilled', 'rejected']);
  const enrolled = [newTotpSecret(), newTotpSecret()].map(async (secret) =>
    enrolSecondFactor(system, { id: user._id, secret, code: await totpCode(secret, totpStep(clock.now())) }),
  );
  expect(await outcomes(enrolled)).toEqual(['fulfilled', 'rejected']);
});

test('recovery codes that are asked for twice at once are made twice, so that those of the second answer count', async () => {
  const someone = await samplePerson(system, [{ role: 'fundManager', scope: '130499' }]);
  const { version } = await findPersonOrThrow(system, someone._id);
  const [one, two] = await Promise.all([renewRecoveryCodes(system, someone._id), renewRecoveryCodes(system, someone._id)]);
  expect(one).not.toEqual(two);
  expect((await findPersonOrThrow(system, someone._id)).version).toBe(version + 2);
});

test('a lost password is replaced by a link of one day; all other sessions end', async () => {
  const someone = await samplePerson(system, [{ role: 'villageCadre', scope: '130499101201' }], { secondFactor: false });
  const agent = await agentOf(app, someone._id, system);
  const first = await resetPassword(adminCtx, { id: someone._id, requestKey: 'first-link-asked' });
  const second = await resetPassword(adminCtx, { id: someone._id, requestKey: 'second-link-asked' });
  expect((await request(app).get(first.path ?? '')).status).toBe(404); // a newer one replaces it
  expect((await agent.get('/me')).status).toBe(200); // the old password works until then
  expect((await choose(request.agent(app), second.path ?? '')).status).toBe(200);
  expect((await agent.get('/me')).status).toBe(303);
  const old = await submit(request.agent(app), '/sign-in', '/sign-in', { account: fullMobile(someone) ?? '', password: testPassword });
  expect(old.status).toBe(422);

  const third = await resetPassword(adminCtx, { id: someone._id, requestKey: 'third-link-asked' });
  clock.advance(24 * 3_600_000);
  expect((await request(app).get(third.path ?? '')).status).toBe(404);
});

test('a link that was changed opens nothing', async () => {
  const { path } = await invited();
  for (const forged of [`${path}x`, path.replace('link=', 'link=a'), '/password?link=', '/password?link=a.b.c']) {
    expect((await request(app).get(forged)).status).toBeGreaterThanOrEqual(404);
  }
});

test('one changes one’s own password with the present one, and stays signed in here only', async () => {
  const someone = await samplePerson(system, [{ role: 'villageCadre', scope: '130499101201' }], { secondFactor: false });
  const [here, elsewhere] = [await agentOf(app, someone._id, system), await agentOf(app, someone._id, system)];
  const change = (password: string) => submit(here, '/me', '/me/password', { password, newPassword, again: newPassword });
  const wrong = await change('not my password');
  expect([wrong.status, wrong.text.includes('现在的密码不对')]).toEqual([422, true]);
  expect((await change(testPassword)).status).toBe(303);
  expect([(await here.get('/me')).status, (await elsewhere.get('/me')).status]).toEqual([200, 303]);
});

test('a lost second factor is taken away by two people, then set up anew before anything else', async () => {
  const admin = await samplePerson(system, [{ role: 'countyAdmin', scope: '130499' }]);
  const manager = await samplePerson(system, [{ role: 'fundManager', scope: '130499' }]);
  const loser = await samplePerson(system, [{ role: 'financeOfficer', scope: '130499' }]);
  const loserAgent = await agentOf(app, loser._id, system);
  const [byAdmin, byManager] = [await agentOf(app, admin._id, system), await agentOf(app, manager._id, system)];
  const path = `/people/${loser._id}/factor-reset`;
  const tokens = { admin: await tokenOn(byAdmin, '/me'), manager: await tokenOn(byManager, '/me') };
  const ask = (agent: TestAgent, _csrf: string) => agent.post(path).type('form').send({ _csrf, reason: '手机丢了，电话核过本人' });
  const managerCtx = testContext(clock, { actor: await findActor(system, manager._id) });
  const code = await signingCode(managerCtx);
  const confirm = (agent: TestAgent, _csrf: string, signed = code) =>
    agent.post(`${path}/confirmation`).type('form').send({ _csrf, code: signed });
  const counted = /href="\/people"(?:(?!<\/a>).)*count-right">(\d+)</s;
  const waits = async (agent: TestAgent) => Number(counted.exec((await agent.get('/people')).text)?.[1] ?? 0);

  expect((await confirm(byManager, tokens.manager)).status).toBe(409); // nobody asked
  const before = [await waits(byManager), await waits(byAdmin)];
  expect((await ask(byManager, tokens.manager)).status).toBe(403);
  expect((await ask(byAdmin, tokens.admin)).status).toBe(303);
  expect((await confirm(byAdmin, tokens.admin)).status).toBe(403);
  expect((await loserAgent.get('/me')).status).toBe(200);
  expect([await waits(byManager), await waits(byAdmin)]).toEqual([(before[0] ?? 0) + 1, before[1]]); // who asked does not confirm
  const list = (await byManager.get('/people?view=waiting')).text;
  expect([list.includes(loser._id), list.includes('验证器重设等人点头')]).toEqual([true, true]);
  expect((await byManager.get(`/people/${loser._id}`)).text).toContain('同意重设');
  expect((await confirm(byManager, tokens.manager, '000000')).status).toBe(422);
  expect((await loserAgent.get('/me')).status).toBe(200);
  expect((await confirm(byManager, tokens.manager)).status).toBe(303);
  expect((await confirm(byManager, tokens.manager)).status).toBe(303); // a second click
  expect(await waits(byManager)).toBe(before[0]);
  expect((await loserAgent.get('/me')).status).toBe(303);
  const again = await submit(request.agent(app), '/sign-in', '/sign-in', { account: fullMobile(loser) ?? '', password: testPassword });
  expect(again.headers['location']).toBe('/sign-in/enrolment');
});

test('new recovery codes make the old ones worthless', async () => {
  const someone = await samplePerson(system, [{ role: 'fundManager', scope: '130499' }]);
  const agent = await agentOf(app, someone._id, system);
  const codesOf = async () => {
    expect((await submit(agent, '/me', '/me/recovery-codes', {})).status).toBe(303);
    const { text } = await agent.get('/me/recovery-codes');
    return [...text.matchAll(/<code>([0-9a-z-]{11})<\/code>/g)].map((match) => match[1] ?? '');
  };
  const [old, fresh] = [await codesOf(), await codesOf()];
  const status = async (code: string) => {
    const fromNew = request.agent(app);
    await submit(fromNew, '/sign-in', '/sign-in', { account: fullMobile(someone) ?? '', password: testPassword });
    return (await submit(fromNew, '/sign-in/code', '/sign-in/code', { code })).status;
  };
  expect(await status(old[0] ?? '')).toBe(422);
  expect(await status(fresh[0] ?? '')).toBe(303);
  expect(await codeOf(someone, clock)).toMatch(/^\d{6}$/);
});
