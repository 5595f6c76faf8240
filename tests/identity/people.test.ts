import type { Express } from 'express';
import mongoose from 'mongoose';
import type TestAgent from 'supertest/lib/agent';
import { findAuditEvents } from '../../server/audit';
import { findPersonOrThrow, type User } from '../../server/identity';
import { SteppedClock } from '../../server/kernel/clock';
import { ensureIndexes } from '../../server/platform/mongo/indexes';
import { namePlacesOfGrants } from '../../server/scope-places';
import { agentOf, appWithPeople, samplePerson, submit, testContext, tokenOn, useTestKeys } from '../support/sign-in';
import { useTestDatabase, useTestRedis } from '../support/test-database';

useTestDatabase();
const redis = useTestRedis();
useTestKeys();
const clock = new SteppedClock('2026-11-24T00:00:10Z');
const system = testContext(clock);
const village = '130499101201';
let app: Express;
let admin: User;
let byAdmin: TestAgent;
let byManager: TestAgent;

beforeAll(async () => {
  await ensureIndexes();
  namePlacesOfGrants();
  app = await appWithPeople(redis, clock);
  admin = await samplePerson(system, [{ role: 'countyAdmin', scope: '130499' }], { name: '杨军' });
  const manager = await samplePerson(system, [{ role: 'fundManager', scope: '130499' }], { name: '孙丽' });
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
  expect([without.status, without.text.includes('太短了')]).toEqual([422, true]);
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
  expect((await byAdmin.get('/people/not-an-id')).status).toBe(422);
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
