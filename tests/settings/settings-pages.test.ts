import type { Express } from 'express';
import request from 'supertest';
import { fen } from '../../server/kernel/money';
import { ensureIndexes } from '../../server/platform/mongo/indexes';
import { defineSetting, enactSamples, zSettingFen, zSettingWhole } from '../../server/settings';
import { origin } from '../platform/support/sample-app';
import { useTestKeys } from '../support/sign-in';
import { useTestDatabase, useTestRedis } from '../support/test-database';
import { admin, clock, manager } from './sample-settings';
import { settingsApp } from './settings-app';

// The words of these numbers are in locales/*/settings.json; their rooms define them in the running county.
const cap = defineSetting({ name: 'topUp.yearCap', room: 'aid', unit: 'fen', schema: zSettingFen(), sample: fen(6_000_00) });
const days = defineSetting({ name: 'contestDays', room: 'points', unit: 'days', schema: zSettingWhole(1, 30), sample: 3 });
defineSetting({ name: 'timeout', room: 'kiosk', unit: 'seconds', schema: zSettingWhole(10, 600), sample: 60 });

useTestDatabase();
useTestKeys();
const redis = useTestRedis();
let app: Express;
beforeAll(async () => {
  clock.set('2026-11-24T02:00:00Z');
  await ensureIndexes();
  await enactSamples({
    proposer: admin,
    confirmer: manager,
    scope: '130499' as never,
    sourceDoc: '和防贫办〔2025〕18 号（演示）',
    definitions: [cap, days],
  });
  app = await settingsApp(redis);
});

/** A browser of one person: keeps the session cookie and sends the form token. */
function browser(who: string) {
  const agent = request.agent(app).set('Cookie', `who=${who}`).set('Origin', origin);
  return {
    get: (path: string) => agent.get(path),
    async post(page: string, path: string, fields: Record<string, string>) {
      const html = (await agent.get(page)).text;
      const token = /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
      const requestKey = /name="requestKey" value="([^"]+)"/.exec(html)?.[1] ?? '';
      return agent
        .post(path)
        .type('form')
        .send({ _csrf: token, requestKey, ...fields });
    },
  };
}
const page = '/settings/topUp.yearCap';
const fields = {
  value: '8,000',
  effectiveFrom: '2027-01-01',
  effectiveTo: '',
  scope: '130499',
  sourceDoc: '和防贫办〔2026〕21 号（演示）',
  reason: '大病自付涨了',
};
const proposalIn = (html: string) => /action="([^"]+)\/confirmations"/.exec(html)?.[1] ?? '';

test('the list shows each number with its meaning, value, first day and source', async () => {
  const { text } = await browser('auditor').get('/settings?room=aid').expect(200);
  for (const words of [
    '每户每年最多补',
    '一户一年补差加起来的上限',
    '¥6,000.00',
    '2020年1月1日',
    '和防贫办〔2025〕18 号（演示）',
    '还没定',
  ]) {
    expect(text).toContain(words);
  }
  expect(text).not.toContain('多久没人动就退回');
});

test.each`
  query               | shown                 | hidden
  ${'?view=missing'}  | ${'多久没人动就退回'} | ${'每户每年最多补'}
  ${'?q=异议'}        | ${'几天内可以提异议'} | ${'每户每年最多补'}
  ${'?q=yearcap'}     | ${'每户每年最多补'}   | ${'几天内可以提异议'}
  ${'?view=proposed'} | ${'没有等您确认的数'} | ${'每户每年最多补'}
  ${'?q=nothing'}     | ${'没有这样的数'}     | ${'每户每年最多补'}
  ${'?view=wrong'}    | ${'每户每年最多补'}   | ${'没有这样的数'}
`('$query shows $shown', async ({ query, shown, hidden }) => {
  const { text } = await browser('auditor')
    .get(`/settings${encodeURI(query)}`)
    .expect(200);
  expect(text).toContain(shown);
  expect(text).not.toContain(hidden);
});

test.each`
  who          | path                       | status
  ${'nobody'}  | ${'/settings'}             | ${403}
  ${'auditor'} | ${'/settings/no.such'}     | ${404}
  ${'auditor'} | ${'/settings/..%2Fsecret'} | ${404}
  ${'auditor'} | ${'/settings/timeout'}     | ${200}
`('$who gets $status from $path', async ({ who, path, status }) => {
  await browser(who).get(path).expect(status);
});

test('a wrong form comes back at the field, with what was typed', async () => {
  const answer = await browser('admin').post(page, `${page}/proposals`, { ...fields, value: '8 thousand', effectiveFrom: '2026-11-24' });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('金额写成 5000 或 5000.00');
  expect(answer.text).toContain('value="8 thousand"');
  expect(answer.text).toContain('<option value="130499" selected>');
  const early = await browser('admin').post(page, `${page}/proposals`, { ...fields, effectiveFrom: '2026-11-24' });
  expect(early.status).toBe(422);
  expect(early.text).toContain('最早从 2026年11月25日 起');
});

test('one person proposes, sees that another must confirm, and a third reads', async () => {
  const done = await browser('admin').post(page, `${page}/proposals`, fields);
  expect([done.status, done.headers['location']]).toEqual([303, page]);
  const own = (await browser('admin').get(page)).text;
  expect(own).toContain('是您提的，要另一个人确认');
  expect(own).not.toContain('/confirmations"');
  const third = (await browser('auditor').get(page)).text;
  expect(third).toContain('等人确认的数');
  expect(third).not.toMatch(/<button class="button main wide"/);
});

test('who may not, cannot: neither confirm with the wrong role nor one’s own', async () => {
  const path = proposalIn((await browser('manager').get(page)).text);
  expect((await browser('admin').post(page, `${path}/confirmations`, {})).status).toBe(403);
  expect((await browser('manager').post(page, `${path}/withdrawals`, { reason: '不要' })).status).toBe(403);
  expect((await browser('manager').post(page, `${path}/refusals`, { reason: '' })).status).toBe(422);
});

test('the second person sees the effect and confirms; the page shows both versions', async () => {
  const html = (await browser('manager').get(page)).text;
  for (const words of ['+¥2,000.00', '2026年12月31日', '确认，从2027年1月1日起用 ¥8,000.00', '已定的个案', 'class="proposed"'])
    expect(html).toContain(words);
  const done = await browser('manager').post(page, `${proposalIn(html)}/confirmations`, {});
  expect([done.status, done.headers['location']]).toEqual([303, page]);
  const after = (await browser('admin').get(page)).text;
  for (const words of ['还没到', '在用', '陈*华', '杨*军', '提一个新的数']) expect(after).toContain(words);
});

test('English says the same', async () => {
  const { text } = await browser('admin').get(`${page}?lang=en`).expect(200);
  for (const words of ['Most a household a year', 'Propose a new number', 'in force ¥6,000', 'Not yet']) expect(text).toContain(words);
});

describe('as JSON', () => {
  const api = '/api/v1/settings';

  test('lists what is in force and tells one with its versions', async () => {
    const { body } = await browser('auditor').get(api).expect(200);
    expect(body.settings).toContainEqual(
      expect.objectContaining({
        name: 'topUp.yearCap',
        unit: 'fen',
        inForce: [expect.objectContaining({ value: '6000.00', effectiveTo: '2026-12-31' })],
      }),
    );
    const history = (await browser('auditor').get(`${api}/topUp.yearCap`).expect(200)).body;
    expect(history.versions.map(({ value, state }: { value: string; state: string }) => [value, state])).toEqual([
      ['8000.00', 'confirmed'],
      ['6000.00', 'confirmed'],
    ]);
  });

  test('a program proposes with its own key; wrong input is a problem with pointers', async () => {
    const agent = request.agent(app).set('Cookie', 'who=admin').set('Origin', origin);
    const token = /name="_csrf" value="([^"]+)"/.exec((await agent.get('/settings/contestDays')).text)?.[1] ?? '';
    const send = (body: object) =>
      agent.post(`${api}/contestDays/proposals`).set('x-csrf-token', token).set('Idempotency-Key', 'program-0001').send(body);
    const asked = { value: 5, effectiveFrom: '2027-01-01', scope: '130499101', sourceDoc: '安政〔2026〕3 号（演示）', reason: '' };

    const wrong = await send({ ...asked, value: 0, scope: 'county' });
    expect(wrong.status).toBe(422);
    expect(wrong.headers['content-type']).toContain('application/problem+json');
    expect(wrong.body.errors).toEqual([expect.objectContaining({ pointer: '#/scope', code: 'not-a-choice' })]);

    const [once, twice] = [await send(asked), await send(asked)];
    expect([once.status, twice.status]).toEqual([201, 201]);
    expect(twice.body).toEqual(once.body);
    expect(once.body).toMatchObject({ name: 'contestDays', value: 5, scope: '130499101', state: 'proposed', proposedBy: 'usr_admin' });
  });
});
