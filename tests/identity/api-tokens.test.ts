import type { Express } from 'express';
import request from 'supertest';
import { issueToken } from '../../scripts/county/issue-token';
import { AuditEvent } from '../../server/audit/audit-event.model';
import { allow, deactivatePerson, endGrant, findActor, makeTokenFor, scopesOf, type User } from '../../server/identity';
import { ApiToken } from '../../server/identity/api-tokens/api-token.model';
import { fullMobile } from '../../server/identity/find-people';
import type { Permission } from '../../server/identity/permissions';
import { User as Users } from '../../server/identity/user.model';
import { SteppedClock } from '../../server/kernel/clock';
import type { Context } from '../../server/kernel/context';
import { addDays, shanghaiDay } from '../../server/kernel/local-date';
import type { Role } from '../../server/kernel/roles';
import { open } from '../../server/platform/http/guard';
import { routes } from '../../server/platform/http/routes';
import { ensureIndexes } from '../../server/platform/mongo/indexes';
import { agentOf, appWithPeople, codeOf, samplePerson, submit, testContext, useTestKeys } from '../support/sign-in';
import { useTestDatabase, useTestRedis } from '../support/test-database';

useTestDatabase();
const redis = useTestRedis();
useTestKeys();
const clock = new SteppedClock('2026-11-24T00:00:10Z');
const system = testContext(clock);
const county = '130499';
let app: Express;
let admin: Context;

function rooms() {
  const room = routes();
  room.get('/api/v1/cases', allow('aid.read'), (req, res) => res.json({ who: req.ctx.actor.id }));
  room.get('/api/v1/audit', allow('audit.read'), (_req, res) => res.json({}));
  room.post('/api/v1/cases', allow('aid.approve'), (req, res) => res.json({ who: req.ctx.actor.id }));
  room.post('/api/v1/settings', allow('settings.confirm'), (_req, res) => res.json({}));
  room.get('/api/v1/gives', open('test'), (req, res) => res.json({ for: scopesOf(req.ctx.actor, 'donorMember') }));
  room.get('/cases', allow('aid.read'), (_req, res) => res.send('a page'));
  return room;
}

beforeAll(async () => {
  await ensureIndexes();
  app = await appWithPeople(redis, clock, { rooms: [rooms()] });
  const person = await samplePerson(system, [{ role: 'countyAdmin', scope: county }]);
  admin = testContext(clock, { actor: await findActor(system, person._id) });
});
beforeEach(() => redis.flushdb());
afterEach(() => clock.advance(60_000));

const today = () => shanghaiDay(clock.now());
const personOf = (role: Role, scope = county) => samplePerson(system, [{ role, scope }]);
let made = 0;

/** A token as an operator makes it, ready for `Authorization`. */
async function tokenOf(person: User, permissions: Permission[], { isReadOnly = false, days = 30 } = {}): Promise<string> {
  made += 1;
  const asked = { name: '测试', permissions, isReadOnly, until: addDays(today(), days), requestKey: `token-${made}-of-test` };
  return `Bearer ${(await makeTokenFor(system, person, asked)).text}`;
}

const ask = (authorization: string, path = '/api/v1/cases', method: 'get' | 'post' = 'get') =>
  request(app)[method](path).set('Authorization', authorization).send();

test('a token is made with six digits, shown once, kept as a hash, and asks for its person; its use is noted', async () => {
  const person = await personOf('fundManager');
  const agent = await agentOf(app, person._id, system);
  const page = await agent.get('/me/tokens').expect(200);
  expect(page.text).toContain('还没有令牌');
  expect(page.text).toContain('value="aid.read"');
  expect(page.text).not.toContain('value="settings.confirm"'); // its route is there, but no program confirms
  const requestKey = /name="requestKey" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
  const form = { name: '财务软件', permissions: 'aid.read', until: addDays(today(), 10), requestKey };
  expect((await submit(agent, '/me/tokens', '/me/tokens', form)).status).toBe(422); // without the digits
  clock.advance(30_000);
  const signed = { ...form, code: await codeOf(person, clock) };
  expect((await submit(agent, '/me/tokens', '/me/tokens', { ...signed, code: '000000' })).status).toBe(422);
  expect((await submit(agent, '/me/tokens', '/me/tokens', signed)).headers['location']).toBe('/me/tokens');
  const shown = (await agent.get('/me/tokens')).text;
  const text = /wh_[0-9a-z]{20}_[A-Za-z0-9_-]{43}/.exec(shown)?.[0] ?? '';
  expect(text).not.toBe('');
  expect((await submit(agent, '/me/tokens', '/me/tokens', signed)).status).toBe(303); // the second click makes no other
  const again = (await agent.get('/me/tokens')).text;
  expect(again).not.toContain(text);
  expect(again).toContain('没用过');

  const answer = await ask(`Bearer ${text}`).expect(200);
  expect(answer.body).toEqual({ who: person._id });
  expect(answer.headers['set-cookie']).toBeUndefined();
  expect(answer.headers['ratelimit']).toMatch(/limit=600, remaining=599/);
  const [kept, ...others] = await ApiToken.find({ user: person._id }).lean();
  expect(others).toEqual([]);
  expect(kept).toMatchObject({ permissions: ['aid.read'], lastUsedAt: clock.now(), madeBy: person._id });
  expect(JSON.stringify(kept)).not.toContain(text.slice(-43));

  await submit(agent, '/me/tokens', `/me/tokens/${kept?._id}/end`, {});
  expect((await ask(`Bearer ${text}`).expect(401)).body.code).toBe('access.token');
  const events = await AuditEvent.find({ subjectId: person._id, what: /^person\.token/ })
    .sort({ at: 1 })
    .lean();
  expect(events.map(({ what }) => what).sort()).toEqual(['person.tokenEnded', 'person.tokenMade']);
  expect(events.find(({ what }) => what === 'person.tokenMade')?.after).toMatchObject({ permissions: 'aid.read', token: kept?._id });
});

test.each`
  why                                | changes                                  | field
  ${'a permission the person lacks'} | ${{ permissions: ['payment.make'] }}     | ${'permissions'}
  ${'a permission no program has'}   | ${{ permissions: ['settings.confirm'] }} | ${'permissions'}
  ${'no permission'}                 | ${{ permissions: [] }}                   | ${'permissions'}
  ${'a day that is past'}            | ${{ until: '2026-11-01' }}               | ${'until'}
  ${'more than a year'}              | ${{ until: '2028-01-01' }}               | ${'until'}
`('$why makes no token', async ({ changes, field }: { changes: Record<string, string>; field: string }) => {
  const person = await personOf('fundManager');
  const agent = await agentOf(app, person._id, system);
  clock.advance(30_000);
  const form = { name: '试', permissions: 'aid.read', until: addDays(today(), 10), requestKey: 'a-wrong-token', ...changes };
  const answer = await submit(agent, '/me/tokens', '/me/tokens', { ...form, code: await codeOf(person, clock) });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain(`href="#f-${field}"`);
  expect(await ApiToken.countDocuments({ user: person._id })).toBe(0);
});

test('another person’s token is not found', async () => {
  const [one, two] = [await personOf('fundManager'), await personOf('fundManager')];
  const authorization = await tokenOf(one, ['aid.read']);
  const agent = await agentOf(app, two._id, system);
  const token = await ApiToken.findOne({ user: one._id }).lean();
  expect((await submit(agent, '/me/tokens', `/me/tokens/${token?._id}/end`, {})).status).toBe(404);
  await ask(authorization).expect(200);
});

describe('a token is worth nothing', () => {
  test('to who makes one up', async () => {
    const good = await tokenOf(await personOf('fundManager'), ['aid.read']);
    const wrong = ['Bearer', 'Bearer x', `${good.slice(0, -3)}AAA`, good.replace(/wh_.{20}/, `wh_${'0'.repeat(20)}`)];
    for (const authorization of wrong) {
      const answer = await ask(authorization).expect(401);
      expect(answer.body.code).toBe('access.token');
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    }
  });

  test('past its last day', async () => {
    const authorization = await tokenOf(await personOf('fundManager'), ['aid.read'], { days: 0 });
    await ask(authorization).expect(200);
    clock.advance(86_400_000);
    await ask(authorization).expect(401);
  });

  test('once its person is deactivated', async () => {
    const person = await personOf('fundManager');
    const authorization = await tokenOf(person, ['aid.read']);
    await ask(authorization).expect(200);
    await deactivatePerson(admin, { id: person._id, reason: '调走了' });
    await ask(authorization).expect(401);
  });

  test('for a role that was ended', async () => {
    const person = await personOf('departmentOfficer');
    const authorization = await tokenOf(person, ['aid.read']);
    await ask(authorization).expect(200);
    await endGrant(admin, { id: person._id, grant: person.grants[0]?.id ?? '' });
    expect((await ask(authorization).expect(403)).body.code).toBe('access.denied');
  });

  test.each([
    ['taken away', { $unset: { secondFactor: 1 } }],
    ['set up anew', { $set: { 'secondFactor.enrolledAt': new Date('2030-01-01') } }],
  ])('once a second factor that the role needs was %s', async (_, change) => {
    const person = await personOf('fundManager');
    const authorization = await tokenOf(person, ['aid.read']);
    await Users.updateOne({ _id: person._id }, change as object);
    await ask(authorization).expect(401);
  });
});

describe('a token opens', () => {
  test('what it carries and its person may, no more', async () => {
    const authorization = await tokenOf(await personOf('fundManager'), ['aid.read', 'aid.approve']);
    await ask(authorization).expect(200);
    await ask(authorization, '/api/v1/cases', 'post').expect(200); // without a form token
    expect((await ask(authorization, '/api/v1/settings', 'post').expect(403)).body.code).toBe('access.session-only');
    const narrow = await tokenOf(await personOf('fundManager'), ['aid.read']);
    const refused = await ask(narrow, '/api/v1/cases', 'post').expect(403);
    expect(refused.body).toMatchObject({ code: 'access.token-scope', details: { permission: 'aid.approve' } });
  });

  test('nothing to change when it only looks', async () => {
    const authorization = await tokenOf(await personOf('fundManager'), ['aid.read', 'aid.approve'], { isReadOnly: true });
    await ask(authorization).expect(200);
    expect((await ask(authorization, '/api/v1/cases', 'post').expect(403)).body.code).toBe('access.token-scope');
  });

  test('no page, and not one’s own account', async () => {
    const authorization = await tokenOf(await personOf('fundManager'), ['aid.read']);
    for (const path of ['/cases', '/me', '/me/tokens', '/']) expect((await ask(authorization, path)).status).toBe(403);
  });

  test('nothing by the cookie that comes along, whatever that may', async () => {
    const person = await personOf('fundManager');
    const agent = await agentOf(app, person._id, system);
    await agent.get('/api/v1/cases').expect(200);
    const other = await tokenOf(await personOf('auditor'), ['audit.read']);
    expect((await agent.get('/api/v1/cases').set('Authorization', other).expect(403)).body.code).toBe('access.token-scope');
    await agent.get('/api/v1/cases').set('Authorization', 'Bearer nothing').expect(401);
    await agent.post('/api/v1/cases').expect(403); // and a cookie alone still needs a form token
  });

  test('an organisation where everybody may pass only with all that its member may do', async () => {
    const member = await personOf('donorMember', 'dnr_00000000000000000000');
    expect((await ask(await tokenOf(member, ['gift.readOwn']), '/api/v1/gives')).body).toEqual({ for: [] });
    expect((await ask(await tokenOf(member, ['gift.readOwn', 'gift.give']), '/api/v1/gives')).body.for).toHaveLength(1);
  });
});

test('an operator makes one for somebody by account, within what the person may', async () => {
  const person = await personOf('fundManager');
  const asked = { user: fullMobile(person) ?? '', name: 'ops', scopes: ['aid.read'], days: 5, isReadOnly: false };
  const { text, until } = await issueToken(system, { ...asked, requestKey: 'an-operator-asks' });
  expect(until).toBe(addDays(today(), 5));
  await ask(`Bearer ${text}`).expect(200);
  await expect(issueToken(system, { ...asked, scopes: ['everything'], requestKey: 'operator-2' })).rejects.toThrow(
    'No token can carry everything',
  );
  await expect(issueToken(system, { ...asked, user: '13999999999', requestKey: 'operator-3' })).rejects.toThrow('Nobody signs in');
  await expect(issueToken(system, { ...asked, scopes: ['payment.make'], requestKey: 'operator-4' })).rejects.toMatchObject({
    code: 'input.invalid',
  });
  const without = await samplePerson(system, [{ role: 'fundManager', scope: county }], { secondFactor: false });
  await expect(issueToken(system, { ...asked, user: fullMobile(without) ?? '', requestKey: 'operator-5' })).rejects.toMatchObject({
    issues: [{ path: 'code', code: 'no-second-factor' }],
  });
});
