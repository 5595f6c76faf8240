import request from 'supertest';
import { AidCase } from '../../server/aid/aid-case.model';
import { fen } from '../../server/kernel/money';
import { formatYuan } from '../../server/kernel/money-text';
import { Notice } from '../../server/notices/notice.model';
import { PaymentBatch } from '../../server/payments/payment-batch.model';
import { operator } from '../../server/platform/mongo/operators';
import { useCountyApp } from '../support/county-app';
import { signingCode } from '../support/signing';

const county = useCountyApp();

const inState = async (state: AidCase['state']['name']) => {
  const found = await AidCase.findOne({ ledger: 'hean', 'state.name': state }).lean<AidCase>();
  if (!found) throw new Error(`the small county has no case that is ${state}`);
  return found;
};
const tokenIn = (html: string) => /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';

test('the manager’s queue shows what waits for approval, masked, with the sum of the selection', async () => {
  const manager = await county.agentOf('manager-1');
  const waiting = await inState('townshipReviewed');
  const { text, status } = await manager.get('/aid/cases');
  expect(status).toBe(200);
  expect(text).toContain(waiting.number);
  expect(text).toContain('待我审批');
  expect(text).not.toContain(waiting.headName);
});

test('from the queue a cadre chooses the family by one click, and searching keeps what it is looked for', async () => {
  const cadre = await county.agentOf('cadre-liushu');
  const [, way = ''] = /href="([^"]+)">(?:<svg[^>]*><use[^>]*><\/svg>)?替一户申请/.exec((await cadre.get('/aid/cases')).text) ?? [];
  const list = (await cadre.get(way.replace('&#x3D;', '='))).text;
  expect(list).toContain('替哪一户申请补差');
  expect(list).toContain('<input type="hidden" name="for" value="aid">');
  const [, household = ''] = /class="at-who"><b><a href="([^"]+)"/.exec(list) ?? [];
  const { status, text } = await cadre.get(household);
  expect([status, text.includes('申请补差')]).toEqual([200, true]);
});

test('a refusal without words comes back with the sentence at its field; nothing is decided', async () => {
  const manager = await county.agentOf('manager-1');
  const { _id } = await inState('townshipReviewed');
  const token = tokenIn((await manager.get(`/aid/cases/${_id}`)).text);
  const refused = await manager.post(`/aid/cases/${_id}/approvals`).type('form').send({ _csrf: token, do: 'refuse', opinion: '' });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('请填这一项');
  expect((await inState('townshipReviewed'))._id).toBe(_id);
});

test('an approval by form and once more by double click reserves once; JSON then shows it', async () => {
  const manager = await county.agentOf('manager-1');
  const { _id } = await inState('townshipReviewed');
  const token = tokenIn((await manager.get(`/aid/cases/${_id}`)).text);
  const code = await signingCode(county.stage.as('manager-1'));
  const sent = { _csrf: token, do: 'approve', opinion: '材料齐全', meetingMinutes: '' };
  const approve = (fields: object = {}) =>
    manager
      .post(`/aid/cases/${_id}/approvals`)
      .type('form')
      .send({ ...sent, ...fields });
  const [missing, wrong] = [await approve(), await approve({ code: '000000' })];
  expect([missing.status, wrong.status]).toEqual([422, 422]);
  for (const { text } of [missing, wrong]) expect(text).toContain('材料齐全'); // the form is kept
  expect(wrong.text).toContain('数字对不上');
  expect((await inState('townshipReviewed'))._id).toBe(_id);
  const [first, second] = await Promise.all([approve({ code }), approve({ code })]);
  expect([first.status, second.status]).toEqual([303, 303]);
  const { body } = await manager.get(`/api/v1/aid/cases/${_id}`);
  expect(body).toMatchObject({ id: _id, state: 'approved', approvals: { needed: 1, given: 1 } });
  const page = await manager.get(`/aid/cases/${_id}`);
  expect(page.text).toContain('用到的捐款');
  expect(page.text).toMatch(/<a href="\/donations\/gifts\/D-\d{4}-\d{6}">/);
  const cadres = await Promise.all(
    ['cadre-hewan', 'cadre-liushu'].map(async (who) => (await county.agentOf(who)).get(`/aid/cases/${_id}`)),
  );
  const seen = cadres.filter(({ status }) => status === 200);
  expect(seen).toHaveLength(1);
  expect(seen[0]?.text).toContain('用到的捐款');
  expect(seen[0]?.text).not.toContain('/donations/gifts/');
});

test('a case of another township is not there, on the page and under the API alike', async () => {
  const cases = await AidCase.find({ ledger: 'hean' }).lean<AidCase[]>();
  const inAnning = cases.find(({ village }) => village.startsWith('130499101'));
  const qinghe = await county.agentOf('township-qinghe');
  expect((await qinghe.get(`/aid/cases/${inAnning?._id}`)).status).toBe(404);
  expect((await qinghe.get(`/api/v1/aid/cases/${inAnning?._id}`)).status).toBe(404);
  expect((await qinghe.get(`/households/${inAnning?.household}`)).status).toBe(404);
});

test('the number of a case in its address leads to it; what is none of theirs is the 404 of their own pages', async () => {
  const { _id, number, village } = await inState('screened');
  const manager = await county.agentOf('manager-1');
  for (const typed of [number, number.toLowerCase()])
    expect((await manager.get(`/aid/cases/${typed}`)).headers['location']).toBe(`/aid/cases/${_id}`);
  const elsewhere = await county.agentOf(village.startsWith('130499101') ? 'township-qinghe' : 'township-anning');
  for (const [agent, path] of [
    [elsewhere, `/aid/cases/${number}`],
    [manager, '/aid/cases/A-2026-999999'],
    [manager, '/aid/cases/hello'],
  ] as const) {
    const { status, text } = await agent.get(path);
    expect([status, text.includes('<body class="staff"'), text.includes('没有这一页')]).toEqual([404, true, true]);
  }
});

test('the page of a household leads to its cases, with what was approved and paid', async () => {
  const manager = await county.agentOf('manager-1');
  const paid = await inState('paid');
  const { text } = await manager.get(`/households/${paid.household}`).expect(200);
  const [, cases = ''] = /<div id="aid">([\s\S]*?)<\/table>/.exec(text) ?? [];
  expect(cases).toContain(`href="/aid/cases/${paid._id}"`);
  expect(cases).toContain(paid.number);
  expect(cases.match(new RegExp(formatYuan(fen(paid.amountFen)).slice(1).replace('.', '\\.'), 'g'))?.length).toBeGreaterThanOrEqual(2);
  const asked = await inState('screened');
  const other = await manager.get(`/households/${asked.household}`).expect(200);
  expect(other.text).toContain(`href="/aid/cases/${asked._id}"`);
});

test('a family sees its own sum and no staff page', async () => {
  const zhang = await county.agentOf('zhang');
  const own = await zhang.get('/my/aid');
  expect(own.status).toBe(200);
  expect(own.text).toContain('办到哪一步了');
  expect((await zhang.get('/aid/cases')).status).toBe(403);
});

test.each`
  state                 | heading               | card
  ${'screened'}         | ${'这次打算补给您家'} | ${'批下来的话，打到您尾号'}
  ${'townshipReviewed'} | ${'这次打算补给您家'} | ${'批下来的话，打到您尾号'}
  ${'waiting'}          | ${'这次批给您家'}     | ${'会打到您尾号'}
  ${'approved'}         | ${'这次批给您家'}     | ${'会打到您尾号'}
  ${'scheduled'}        | ${'这次批给您家'}     | ${'会打到您尾号'}
  ${'refused'}          | ${'这次申请的数'}     | ${undefined}
`('the words about sum and card of a family fit a case that is $state', async ({ state, heading, card }) => {
  const household = county.county.families.find(({ key }) => key === 'zhang')?.id ?? '';
  const newest = await AidCase.findOne({ ledger: 'hean', household }).sort({ submittedAt: -1 }).orFail();
  await AidCase.updateOne({ _id: newest._id, ledger: 'hean' }, { 'state.name': state });
  try {
    const { text } = await (await county.agentOf('zhang')).get('/my/aid').expect(200);
    expect(text).toContain(`<h1>${heading}</h1>`);
    expect(['批下来的话，打到您尾号', '会打到您尾号'].filter((words) => text.includes(words))).toEqual(card ? [card] : []);
  } finally {
    await AidCase.updateOne({ _id: newest._id, ledger: 'hean' }, { 'state.name': newest.state.name });
  }
});

test('the income window shows its years wherever it stands, to the manager and to the family', async () => {
  const { _id } = await inState('screened');
  const { text } = await (await county.agentOf('manager-1')).get(`/aid/cases/${_id}`);
  const own = await (await county.agentOf('zhang')).get('/my/aid');
  for (const page of [text, own.text]) {
    expect(page).toMatch(/\d{4}年\d+月\d+日[至到]\d{4}年/);
    expect(page).not.toMatch(/(?<![年\d])\d+月\d+日[至到]/);
  }
});

test('a public notice masks its names for everybody, prints them for staff, and is gone after its last day', async () => {
  const { clock } = county.stage;
  const notice = await Notice.findOne({ ledger: 'hean' }).sort({ lastDay: -1 }).lean<Notice>();
  const name = notice?.rows[0]?.name ?? '';
  const now = clock.now();
  clock.set(notice?.postedAt ?? now);
  const page = await request(county.url).get(`/notices/${notice?._id}`);
  expect(page.status).toBe(200);
  expect(page.text).not.toContain(name);
  expect(page.text).toContain('一次性补差');
  clock.set(now);
  expect((await request(county.url).get(`/notices/${notice?._id}`)).status).toBe(404);
  expect((await request(county.url).get(`/notices/${notice?._id}/print`)).status).toBe(303);
  const manager = await county.agentOf('manager-1');
  expect((await manager.get(`/notices/${notice?._id}/print`)).text).toContain(name);
});

test('what is no result file is said at its field, and nothing is booked', async () => {
  const finance = await county.agentOf('finance-1');
  const token = tokenIn((await finance.get('/payments/batches')).text);
  const answer = await finance.post('/payments/results').field('_csrf', token).attach('file', Buffer.from('hello'), 'result.txt');
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('第一行对不上');

  const { _id, number } = await PaymentBatch.findOne({ ledger: 'hean', exportedAt: operator({ $ne: null }) }).orFail();
  const fields = (html: string) => /action="\/payments\/results"[\s\S]*?<\/form>/.exec(html)?.[0] ?? '';
  const page = await finance.get(`/payments/batches/${_id}`).expect(200);
  const [, batch = ''] = /name="batch" value="([^"]+)"/.exec(fields(page.text)) ?? [];
  expect(batch).toBe(_id);
  const refused = await finance
    .post('/payments/results')
    .field('_csrf', tokenIn(page.text))
    .field('batch', batch)
    .attach('file', Buffer.from('hello'), 'result.txt');
  expect(refused.status).toBe(422);
  expect(refused.text).toContain(`aria-current="page">${number}<`);
  expect(fields(refused.text)).toContain('第一行对不上');
});
