import type { Express } from 'express';
import mongoose from 'mongoose';
import request from 'supertest';
import type TestAgent from 'supertest/lib/agent';
import { inviteFirst } from '../../scripts/county/invite-first';
import { findAuditEvents } from '../../server/audit';
import { endGrant, findActor, findPersonOrThrow, grantRole, invitePerson, type User } from '../../server/identity';
import { confirmGrant, refuseGrant } from '../../server/identity/confirm-grant';
import { resetPassword } from '../../server/identity/reset-password';
import type { HeldGrant } from '../../server/identity/user.model';
import { SteppedClock } from '../../server/kernel/clock';
import { ensureIndexes } from '../../server/platform/mongo/indexes';
import { namePlacesOfGrants } from '../../server/scope-places';
import { agentOf, appWithPeople, samplePerson, submit, testContext, tokenOn, useTestKeys } from '../support/sign-in';
import { signingCode } from '../support/signing';
import { useTestDatabase, useTestRedis } from '../support/test-database';

useTestDatabase();
const redis = useTestRedis();
useTestKeys();
const clock = new SteppedClock('2026-11-24T00:00:10Z');
const system = testContext(clock);
const village = '130499101201';
let app: Express;
let admin: User;
let manager: User;
let byAdmin: TestAgent;
let byManager: TestAgent;

test('the operator brings in the first two people of a county, and nobody after them', async () => {
  const county = { ...system, ledger: 'newcounty', actor: { ...system.actor, id: 'system:operator' } };
  const first = (name: string, mobile: string, role: string) => inviteFirst(county, { name, mobile, role, scope: '130499' });
  expect(await first('周强', '13700007001', 'countyAdmin')).toBe(await first('周强', '13700007001', 'countyAdmin'));
  await expect(first('周强', '1370000', 'countyAdmin')).rejects.toThrow('mobile');
  await expect(first('周强', '13700007009', 'nobody')).rejects.toThrow('role');
  for (const role of ['countyAdmin', 'fundManager'] as const) await samplePerson(county, [{ role, scope: '130499' }]);
  await expect(first('郑华', '13700007003', 'financeOfficer')).rejects.toThrow('two people');
});

beforeAll(async () => {
  await ensureIndexes();
  namePlacesOfGrants();
  app = await appWithPeople(redis, clock);
  admin = await samplePerson(system, [{ role: 'countyAdmin', scope: '130499' }], { name: '杨军' });
  manager = await samplePerson(system, [{ role: 'fundManager', scope: '130499' }], { name: '孙丽' });
  [byAdmin, byManager] = [await agentOf(app, admin._id, system), await agentOf(app, manager._id, system)];
});
beforeEach(() => redis.keys('wh-hean:limit:*').then((keys) => (keys.length > 0 ? redis.del(keys) : 0)));
afterEach(() => clock.advance(60_000));

const invitation = { name: '韩雪', mobile: '13700003746', role: 'townshipOfficer', scope: '130499101', requestKey: 'invite-han-xue' };

const linkIn = (text: string) => /\/password\?link(?:=|&#x3D;)(lnk_\w+)/.exec(text)?.[1];

test('an administrator invites somebody; a double click is one person and one link', async () => {
  const answers = [
    await submit(byAdmin, '/people', '/people', { ...invitation, until: '2027-08-31' }),
    await submit(byAdmin, '/people', '/people', { ...invitation, until: '2027-08-31' }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  const [link, again] = answers.map(({ text }) => linkIn(text));
  expect(link).toMatch(/^lnk_\w{20}$/);
  expect(again).toBe(link);
  const person = /href="(\/people\/usr_\w+)"/.exec(answers[0]?.text ?? '')?.[1] ?? '';
  const page = await byAdmin.get(person);
  expect(page.text).toContain('2027年8月31日');
  expect(page.text).toContain('安宁镇');
  expect(page.text).toContain('杨*'); // who granted
  expect(page.text).not.toContain('韩雪');
});

test('a link is shown to who made it, once: no page and no document holds it', async () => {
  const someone = await samplePerson(system, [{ role: 'villageCadre', scope: village }], { secondFactor: false });
  const path = `/people/${someone._id}`;
  const made = await submit(byAdmin, path, `${path}/password-link`, { requestKey: 'shown-only-once' });
  const link = linkIn(made.text);
  expect([made.status, made.headers['cache-control'], link]).toEqual([200, 'no-store', expect.stringMatching(/^lnk_/)]);
  for (const agent of [byAdmin, byManager]) {
    const page = await agent.get(path);
    expect([page.status, linkIn(page.text)]).toEqual([200, undefined]);
  }
  expect((await byAdmin.get(path)).text).toContain('还没用，有效到');
  for (const { name } of await mongoose.connection.getClient().db(mongoose.connection.name).listCollections().toArray()) {
    const documents = await mongoose.connection.collection(name).find().toArray();
    expect([name, JSON.stringify(documents).includes(String(link))]).toEqual([name, false]);
  }
});

test.each`
  wrong                                             | sentence
  ${{ mobile: '1370000' }}                          | ${'手机号对不上，应是 11 位'}
  ${{ name: '' }}                                   | ${'请填这一项'}
  ${{ role: 'emperor' }}                            | ${'请从给出的里面选一个'}
  ${{ scope: '130499' }}                            | ${'这个范围和角色对不上'}
  ${{ role: 'villageCadre', scope: 'constructor' }} | ${'这个范围和角色对不上'}
  ${{ scope: '130498101' }}                         | ${'请从给出的里面选一个'}
  ${{ until: '2026-11-23' }}                        | ${'这一天已经过了'}
  ${{ mobile: '13700003746' }}                      | ${'这个账号已经有人用了'}
`('an invitation with $wrong comes back: $sentence', async ({ wrong, sentence }) => {
  const fields = {
    ...invitation,
    mobile: '13700003747',
    requestKey: `invite-${JSON.stringify(wrong).length}-${sentence.length}`,
    ...wrong,
  };
  const answer = await submit(byAdmin, '/people', '/people', fields);
  expect(answer.status).toBe(422);
  expect(answer.text).toContain(sentence);
  expect(answer.text).toContain(`value="${fields.requestKey}"`);
});

test('the list is found by first letters, sound, characters and the end of the phone', async () => {
  const someone = await samplePerson(system, [{ role: 'departmentOfficer', scope: '130499' }], { name: '单雄信', secondFactor: false });
  const shows = async (query: string) => (await byAdmin.get(`/people?${query}`)).text.includes(someone._id);
  expect(await Promise.all(['q=sxx', 'q=shanxiong', `q=${encodeURIComponent('单')}`, `q=${someone.mobileTail}`].map(shows))).toEqual(
    Array(4).fill(true),
  );
  expect(await Promise.all(['q=danxiong', 'q=yj', 'role=auditor', 'view=deactivated', 'scope=130499101'].map(shows))).toEqual(
    Array(5).fill(false),
  );
  expect(await shows('role=departmentOfficer&q=s&scope=130499&view=active')).toBe(true);
  expect((await byAdmin.get('/people?q=zzzz')).text).toContain('没有这样的人');
});

test('the tabs count who ends soon, has no second step, has long been away', async () => {
  const until = new Date(clock.now().getTime() + 39 * 86_400_000).toISOString().slice(0, 10) as never;
  const ends = await samplePerson(system, [{ role: 'villageCadre', scope: village, until } as never], { secondFactor: false });
  const bare = await samplePerson(system, [{ role: 'financeOfficer', scope: '130499' }], { secondFactor: false });
  const shows = async (view: string, { _id }: User) => (await byAdmin.get(`/people?view=${view}`)).text.includes(_id);
  expect([await shows('ending', ends), await shows('ending', bare)]).toEqual([true, false]);
  expect([await shows('noFactor', bare), await shows('noFactor', ends)]).toEqual([true, false]);
  expect(await shows('away', bare)).toBe(false);
  const here = clock.now();
  clock.advance(91 * 86_400_000);
  const later = await agentOf(app, admin._id, system);
  expect((await later.get('/people?view=away')).text).toContain(bare._id);
  expect((await later.get('/people?view=away')).text).not.toContain(admin._id);
  clock.set(here);
});

test('a list longer than a page goes on where it stopped', async () => {
  await samplePerson(system, [{ role: 'villageCadre', scope: village }], { secondFactor: false });
  const first = await byAdmin.get('/api/v1/people?limit=2');
  const second = await byAdmin.get(`/api/v1/people?limit=200&after=${first.body.next}`);
  const ids = [...first.body.people, ...second.body.people].map(({ id }: { id: string }) => id);
  expect(first.body.people).toHaveLength(2);
  expect(second.body.next).toBeUndefined();
  expect(new Set(ids).size).toBe(ids.length);
  expect((await byAdmin.get('/people?limit=2')).text).toContain('第 1–2 条');
});

test('a role is given and ended, and the page says by whom', async () => {
  const someone = await samplePerson(system, [{ role: 'villageCadre', scope: village }], { secondFactor: false });
  const path = `/people/${someone._id}`;
  clock.advance(1_000);
  const given = await submit(byAdmin, path, `${path}/grants`, { role: 'townshipOfficer', scope: '130499101', requestKey: 'one-more-role' });
  expect([given.status, given.headers['location']]).toEqual([303, path]);
  const twice = await submit(byAdmin, path, `${path}/grants`, { role: 'townshipOfficer', scope: '130499101', requestKey: 'one-more-role' });
  expect(twice.status).toBe(303);
  const held = await submit(byAdmin, path, `${path}/grants`, { role: 'townshipOfficer', scope: '130499101', requestKey: 'yet-another' });
  expect([held.status, held.text.includes('他已经有这个角色了')]).toEqual([422, true]);
  const user = await findPersonOrThrow(system, someone._id);
  expect(user.grants).toHaveLength(2);
  expect(user.grants[1]).toMatchObject({ role: 'townshipOfficer', grantedBy: admin._id });
  clock.advance(1_000);
  await submit(byAdmin, path, `${path}/grants/${user.grants[1]?.id}/end`, {});
  expect((await findPersonOrThrow(system, someone._id)).grants[1]).toMatchObject({ endedBy: admin._id });
  const events = await findAuditEvents(system, { subjectType: 'user', subjectId: someone._id }, { limit: 10 });
  expect(events.rows.map(({ what, actor }) => [what, actor])).toEqual([
    ['person.roleEnded', admin._id],
    ['person.roleGranted', admin._id],
    ['person.registered', 'system:test'],
  ]);
});

test('whose last role has ended is told so, with the day and whom to ask, at the sign-in and on each page; ending one asks first', async () => {
  const someone = await samplePerson(system, [{ role: 'villageCadre', scope: village }], { name: '郭明', secondFactor: false });
  const [path, grant] = [`/people/${someone._id}`, someone.grants[0]?.id ?? ''];
  const theirs = await agentOf(app, someone._id, system);
  expect((await theirs.get('/people')).text).toContain('没有这一页');
  const { text } = await byAdmin.get(path);
  for (const shown of [`data-opens="end-${grant}"`, `<dialog id="end-${grant}"`, '停用郭*的角色：村干部']) expect(text).toContain(shown);
  clock.advance(1_000);
  expect((await submit(byAdmin, path, `${path}/grants/${grant}/end`, {})).status).toBe(303);
  for (const page of ['/me', '/people', '/households']) {
    const told = (await theirs.get(page)).text;
    expect([page, told.includes('您的角色已经停了（2026年11月24日）'), told.includes('请找县管理员')]).toEqual([page, true, true]);
  }
  const _csrf = await tokenOn(theirs, '/me');
  await theirs.post('/sign-out').type('form').send({ _csrf });
  const late = await theirs.post('/me/password').type('form').send({ _csrf });
  expect([late.status, late.text.includes('您已经退出登录'), late.text.includes('href="/sign-in"')]).toEqual([403, true, true]);
  const stranger = (await request(app).get('/no-such-page')).text;
  expect([stranger.includes('也可能要先登录'), stranger.includes('不归您管')]).toEqual([true, false]);
});

test.each`
  held             | added
  ${'fundManager'} | ${'countyAdmin'}
  ${'auditor'}     | ${'financeOfficer'}
  ${'countyAdmin'} | ${'villageCadre'}
`('$added does not stand beside $held', async ({ held, added }) => {
  const someone = await samplePerson(system, [{ role: held, scope: '130499' }]);
  const path = `/people/${someone._id}`;
  const scope = added === 'villageCadre' ? village : '130499';
  const answer = await submit(byAdmin, path, `${path}/grants`, { role: added, scope, requestKey: `beside-${held}` });
  expect([answer.status, answer.text.includes('不能兼别的角色')]).toEqual([422, true]);
});

test('nobody changes their own roles, password link or standing', async () => {
  const _csrf = await tokenOn(byAdmin, '/me');
  const path = `/people/${admin._id}`;
  const acts: [string, Record<string, string>][] = [
    ['grants', { role: 'fundManager', scope: '130499', requestKey: 'make-me-king' }],
    [`grants/${admin.grants[0]?.id}/end`, {}],
    ['deactivation', { reason: '试试' }],
    ['password-link', { requestKey: 'my-own-link' }],
    ['factor-reset', { reason: '试试' }],
  ];
  for (const [act, fields] of acts) {
    const answer = await byAdmin
      .post(`${path}/${act}`)
      .type('form')
      .send({ _csrf, ...fields });
    expect([act, answer.status]).toEqual([act, 409]);
  }
  expect((await findPersonOrThrow(system, admin._id)).grants).toEqual(admin.grants);
});

test('deactivating needs a reason, is seen on the page, and is done once', async () => {
  const someone = await samplePerson(system, [{ role: 'villageCadre', scope: village }], { name: '郭建军', secondFactor: false });
  const path = `/people/${someone._id}`;
  const without = await submit(byAdmin, path, `${path}/deactivation`, { reason: '' });
  expect([without.status, without.text.includes('请填这一项')]).toEqual([422, true]);
  const _csrf = await tokenOn(byAdmin, path);
  const both = await Promise.all(
    [1, 2].map(() => byAdmin.post(`${path}/deactivation`).type('form').send({ _csrf, reason: '调到别的乡，电话 13912345678' })),
  );
  expect(both.map(({ status }) => status)).toEqual([303, 303]);
  const page = await byAdmin.get(path);
  expect(page.text).toContain('已停用');
  expect(page.text).toContain('调到别的乡');
  const events = await findAuditEvents(system, { subjectId: someone._id, what: 'person.deactivated' }, { limit: 5 });
  expect(events.rows).toHaveLength(1);
  expect(JSON.stringify(events.rows)).not.toContain('13912345678');
});

test('the same acts as JSON: masked, with problems that point at the field', async () => {
  const token = await tokenOn(byAdmin, '/me');
  const post = (path: string, body: Record<string, unknown>) => byAdmin.post(`/api/v1${path}`).set('x-csrf-token', token).send(body);
  const made = await post('/people', { ...invitation, mobile: '13700003748', requestKey: 'json-invitation' });
  expect(made.status).toBe(201);
  expect(made.body.person).toMatchObject({ name: '韩*', mobile: '137****3748', state: 'invited' });
  expect(made.body.link).toMatch(/^http:\/\/localhost:3000\/password\?link=lnk_/);
  expect(JSON.stringify(made.body)).not.toMatch(/13700003748|Hash|Sealed/);
  const wrong = await post('/people', { ...invitation, mobile: 'x', requestKey: 'json-invitation-2' });
  expect([wrong.status, wrong.body.errors]).toMatchObject([422, [{ pointer: '#/mobile', code: 'phone' }]]);
  const one = await byAdmin.get(`/api/v1/people/${made.body.person.id}`);
  expect(one.body).toEqual(made.body.person);
  expect((await byAdmin.get('/api/v1/people/usr_00000000000000000000')).status).toBe(404);
  expect((await byAdmin.get('/people/usr_00000000000000000000')).status).toBe(404);
  expect((await byAdmin.get('/people/not-an-id')).status).toBe(404);
});

test('an officer’s ID number is asked for, kept as a hash alone, and never shown again', async () => {
  const cadre = await samplePerson(system, [{ role: 'villageCadre', scope: village }], { name: '何平' });
  const other = await samplePerson(system, [{ role: 'countyAdmin', scope: '130499' }], { name: '郭明' }); // acts for no family
  const [path, idNumber] = [`/people/${cadre._id}`, '130499197001010011'];
  expect((await byAdmin.get(path)).text).toContain('没登记身份证号');
  expect((await byAdmin.get(`/people/${other._id}`)).text).not.toContain('身份证号');
  const wrong = await submit(byAdmin, path, `${path}/id-numbers`, { idNumber: '130499197001010012', requestKey: 'id-of-he-ping' });
  expect(wrong.status).toBe(422);
  const right = await submit(byAdmin, path, `${path}/id-numbers`, { idNumber, requestKey: 'id-of-he-ping' });
  expect(right.status).toBe(303);
  const { text } = await byAdmin.get(path);
  expect(text).toContain('登记过身份证号');
  expect(text).not.toContain(idNumber);
  expect(JSON.stringify(await findPersonOrThrow(system, cadre._id))).not.toContain(idNumber);
  expect((await submit(byManager, path, `${path}/id-numbers`, { idNumber, requestKey: 'id-of-he-ping-2' })).status).toBe(403);
});

describe('a role that takes two people', () => {
  const role = { role: 'fundManager', scope: '130499', until: undefined } as const;
  const samePerson = { code: 'rule.same-person' };
  const notNow = { code: 'state.not-allowed' };
  let second: User; // another administrator, whom the operator made as well

  beforeAll(async () => {
    second = await samplePerson(system, [{ role: 'countyAdmin', scope: '130499' }], { name: '何明' });
  });

  interface Proposal {
    id: string;
    grant: string;
  }
  const lastGrant = async (id: string) => (await findPersonOrThrow(system, id)).grants.at(-1) as HeldGrant;
  const actingAs = async ({ _id }: Pick<User, '_id'>) => testContext(clock, { actor: await findActor(system, _id) });
  const propose = async (by: User, { _id: id }: User, asked: object = role): Promise<Proposal> => {
    await grantRole(await actingAs(by), { id, ...role, ...asked, requestKey: `role-for-${id}` });
    return { id, grant: (await lastGrant(id)).id };
  };
  const somebody = () => samplePerson(system, [], { name: '韩雪' });
  const confirm = async (by: Pick<User, '_id'>, proposal: Proposal) => {
    const ctx = await actingAs(by);
    return confirmGrant(ctx, { ...proposal, code: await signingCode(ctx) });
  };

  test('gives nothing when one has proposed it, and counts when another has signed with a code', async () => {
    const { id, grant } = await propose(admin, await somebody());
    const [page, path] = [`/people/${id}`, `/people/${id}/grants/${grant}/confirmation`];
    const theirs = await agentOf(app, id, system);
    expect((await theirs.get('/people')).status).toBe(403);
    expect((await theirs.get('/me')).text).toContain('等另一个人确认');
    const { text } = await byManager.get(page);
    for (const shown of ['这个角色等人确认', '杨*', `action="${path}"`]) expect(text).toContain(shown);
    expect((await byManager.get('/people?view=waiting')).text).toContain(id);
    expect((await byManager.get('/people?view=noFactor&role=fundManager')).text).not.toContain(id);
    expect((await byAdmin.get(page)).text).not.toContain(`action="${path}"`);
    expect((await byAdmin.get(page)).text).toContain('何*（县管理员）'); // who else may

    clock.advance(1_000);
    const wrong = await submit(byManager, page, path, { code: '000000' });
    expect([wrong.status, wrong.text.includes('aria-invalid')]).toEqual([422, true]);
    expect((await theirs.get('/people')).status).toBe(403);
    const [code, _csrf] = [await signingCode(await actingAs(manager)), await tokenOn(byManager, page)];
    const send = () => byManager.post(path).type('form').send({ _csrf, code });
    expect([(await send()).status, (await send()).status]).toEqual([303, 303]); // a second click is the same signature
    expect((await theirs.get('/people')).status).toBe(200);
    expect(await lastGrant(id)).toMatchObject({ grantedBy: admin._id, confirmedBy: manager._id });
    expect((await byManager.get(page)).text).toContain('谁确认的');
    const { rows } = await findAuditEvents(system, { subjectId: id }, { limit: 20 });
    expect(rows.filter(({ what }) => what.startsWith('person.role')).map(({ what, actor }) => [what, actor])).toEqual([
      ['person.roleConfirmed', manager._id],
      ['person.roleProposed', admin._id],
    ]);
    await expect(confirm(second, { id, grant })).rejects.toMatchObject(notNow); // it is confirmed
  });

  test('is refused with a reason that stays readable, and never counts afterwards', async () => {
    const { id, grant } = await propose(admin, await somebody());
    const refuse = (fields: Record<string, string>) => submit(byManager, `/people/${id}`, `/people/${id}/grants/${grant}/refusal`, fields);
    expect((await refuse({ reason: '' })).status).toBe(422);
    expect((await refuse({ reason: '电话里说没有这回事' })).status).toBe(303);
    const { text } = await byManager.get(`/people/${id}`);
    expect(text).toContain('孙*没同意');
    expect(text).toContain('电话里说没有这回事');
    await expect(confirm(second, { id, grant })).rejects.toMatchObject(notNow);
    const own = await propose(admin, await somebody());
    await expect(refuseGrant(await actingAs(admin), { ...own, reason: '不要了' })).rejects.toMatchObject(samePerson);
    clock.advance(1_000);
    await endGrant(await actingAs(admin), own);
    await expect(confirm(second, own)).rejects.toMatchObject(notNow);
    const { rows } = await findAuditEvents(system, { subjectId: own.id }, { limit: 1 });
    expect(rows[0]?.what).toBe('person.roleWithdrawn');
  });

  test('waits until the invited person has a password and an authenticator, so that it is given to who is there', async () => {
    const invited = await invitePerson(await actingAs(admin), {
      ...role,
      name: '韩雪',
      mobile: '13700007001',
      requestKey: 'invited-strong',
    });
    const proposal = { id: invited.user._id, grant: invited.user.grants[0]?.id ?? '' };
    expect((await byManager.get(`/people/${proposal.id}`)).text).toContain('等本人设好密码和验证器');
    await expect(confirm(manager, proposal)).rejects.toMatchObject(notNow);
  });

  test('is confirmed by nobody who proposed it, gets it, or could be the person by a link', async () => {
    const proposal = await propose(admin, await somebody());
    await expect(confirm(admin, proposal)).rejects.toMatchObject(samePerson);
    const hasRole = await samplePerson(system, [{ role: 'fundManager', scope: '130499' }]);
    const own = await propose(admin, hasRole, { role: 'financeOfficer' });
    await expect(confirm(hasRole, own)).rejects.toMatchObject(samePerson);

    const bare = await samplePerson(system, [], { secondFactor: false });
    await resetPassword(await actingAs(second), { id: bare._id, requestKey: 'second-made-a-link' });
    const linked = await propose(admin, bare);
    await expect(confirm(second, linked)).rejects.toMatchObject(samePerson);
  });

  test('is confirmed by nobody whom the proposer alone let in, nor for who was let in by the same hand', async () => {
    const byAlone = await actingAs(admin);
    const puppets = [];
    for (const order of [1, 2]) {
      const puppet = await samplePerson(byAlone, [{ role: 'departmentOfficer', scope: '130499' }], { name: `何${order}` });
      await confirm(manager, await propose(admin, puppet, { role: 'fundManager' }));
      puppets.push(puppet);
    }
    const [one, two] = puppets as [User, User];
    await expect(confirm(one, await propose(admin, await somebody()))).rejects.toMatchObject(samePerson);
    await endGrant(system, { id: two._id, grant: (await findPersonOrThrow(system, two._id)).grants[0]?.id ?? '' });
    await endGrant(system, { id: two._id, grant: (await lastGrant(two._id)).id });
    await confirm(manager, await propose(second, two, { role: 'countyAdmin' }));
    const bySame = await propose(two, await somebody());
    await expect(confirm(one, bySame)).rejects.toMatchObject(samePerson);
    await expect(confirm(admin, bySame)).rejects.toMatchObject(samePerson);
    expect(await confirm(second, bySame)).toMatchObject({ _id: bySame.id });
  });

  test('is one person’s deed when two confirm it at once, and the other is told that it is done already', async () => {
    const proposal = await propose(admin, await somebody());
    const outcomes = await Promise.allSettled([confirm(manager, proposal), confirm(second, proposal)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: notNow });
  });

  test('waits anew when one administrator makes a link for somebody who has no authenticator yet', async () => {
    const bare = await samplePerson(system, [{ role: 'financeOfficer', scope: '130499' }], { secondFactor: false });
    const asked = { id: bare._id, requestKey: 'link-for-bare-one' };
    const [{ path }, again] = [await resetPassword(await actingAs(admin), asked), await resetPassword(await actingAs(admin), asked)];
    expect(again.path).toBe(path);
    expect((await findActor(system, bare._id)).grants).toEqual([]);
    expect((await findPersonOrThrow(system, bare._id)).grants).toMatchObject([{ endedBy: admin._id }, { grantedBy: admin._id }]);
    const set = await samplePerson(system, [{ role: 'financeOfficer', scope: '130499' }]);
    await resetPassword(await actingAs(admin), { id: set._id, requestKey: 'link-for-set-one' });
    expect((await findActor(system, set._id)).grants).toHaveLength(1);
  });
});
