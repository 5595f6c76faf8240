import { Household } from '../../server/households';
import { divisionCode } from '../../server/kernel/division-code';
import { useCountyApp } from '../support/county-app';
import { submit } from '../support/sign-in';

const county = useCountyApp();
const hewan = divisionCode('130499201201');

/** The last part of the action of each form whose section stands open. */
const openForms = (text: string) =>
  [...text.matchAll(/<details[^>]* open>.*?action="\/households\/[^"]*\/([^"/]+)"/gs)].map(([, action]) => action);

test.each`
  form                   | who                  | fields
  ${'bank-accounts'}     | ${'cadre-hewan'}     | ${{ holder: '张大明', account: '1', bank: '和安农商行' }}
  ${'unmaskings'}        | ${'cadre-hewan'}     | ${{ field: 'phone', reason: '' }}
  ${'income-statements'} | ${'cadre-hewan'}     | ${{ from: '2025-13-01', to: '' }}
  ${'monitorings'}       | ${'township-qinghe'} | ${{ group: 'none', cause: 'illness' }}
`('a refused form ($form) comes back open, and no other', async ({ form, who, fields }) => {
  const family = await Household.findOne({ ledger: 'hean', village: hewan, 'state.name': 'active' }).lean<Household>();
  const page = `/households/${family?._id}`;
  const { status, text } = await submit(await county.agentOf(who), page, `${page}/${form}`, fields);
  expect(status).toBe(422);
  expect(openForms(text)).toEqual([form]);
});

test.each`
  account               | told
  ${'622'}              | ${'账号应是 16 到 19 位数字，您填了 3 位'}
  ${'6225881414207430'} | ${''}
`('a bank account of $account is told how many digits there are: $told', async ({ account, told }) => {
  const family = await Household.findOne({ ledger: 'hean', village: hewan, 'state.name': 'active' }).lean<Household>();
  const page = `/households/${family?._id}`;
  const fields = { holder: '张大明', account, bank: '和安农商行', requestKey: 'digits-told' };
  const { status, text } = await submit(await county.agentOf('cadre-hewan'), page, `${page}/bank-accounts`, fields);
  expect(status).toBe(told === '' ? 303 : 422);
  expect(text).toContain(told);
});

test('income of nothing is said with a tick: an empty form is refused, and withdrawn by the form below', async () => {
  const family = await Household.findOne({ ledger: 'hean', village: hewan, 'state.name': 'active' }).lean<Household>();
  const page = `/households/${family?._id}`;
  const cadre = await county.agentOf('cadre-hewan');
  const days = { from: '2025-01-01', to: '2025-12-31', requestKey: 'no-income-1', 'items.0.source': 'labour' };
  const send = (fields: Record<string, string>) => submit(cadre, page, `${page}/income-statements`, { ...days, ...fields });
  const empty = await send({ 'items.0.grossYuan': '', rigidSpendingYuan: '500' });
  expect([empty.status, openForms(empty.text)]).toEqual([422, ['income-statements']]);
  expect(empty.text).toContain('<li><a href="#f-noIncome"');
  expect((await send({ 'items.0.grossYuan': '100', noIncome: 'on' })).status).toBe(422);
  expect((await send({ 'items.0.grossYuan': '', noIncome: 'on' })).status).toBe(303);
  const { text } = await cadre.get(page);
  const statementId = /income-withdrawals".*?value="(inc_[0-9a-z]{20})"/s.exec(text)?.[1] ?? '';
  const fields = { statementId, withdrawReason: '漏填了务工收入' };
  expect((await submit(cadre, page, `${page}/income-withdrawals`, { ...fields, withdrawReason: '' })).status).toBe(422);
  expect((await submit(cadre, page, `${page}/income-withdrawals`, fields)).status).toBe(303);
  expect((await cadre.get(page)).text).toContain('撤回的原因：漏填了务工收入');
});

test('a row that has a cost and no income is kept, whichever row it is', async () => {
  const family = await Household.findOne({ ledger: 'hean', village: hewan, 'state.name': 'active' }).lean<Household>();
  const page = `/households/${family?._id}`;
  const rows = { 'items.0.source': 'labour', 'items.0.grossYuan': '900', 'items.1.source': 'farming', 'items.1.costYuan': '321.50' };
  const fields = { ...rows, from: '2025-01-01', to: '2025-12-31', requestKey: 'cost-alone-1' };
  const cadre = await county.agentOf('cadre-hewan');
  expect((await submit(cadre, page, `${page}/income-statements`, fields)).status).toBe(303);
  expect((await cadre.get(page)).text).toContain('321.50');
});

test('the form of a new household tells all that is wrong at once', async () => {
  const { status, text } = await submit(await county.agentOf('cadre-hewan'), '/households/new', '/households', {
    village: hewan,
    phone: '123',
    'members.0.name': '',
    'members.0.idNumber': '130499197001010012',
    'members.0.relation': 'spouse',
    'members.0.labour': 'full',
    'members.1.name': '李梅',
    'members.1.idNumber': '1304991970',
    'members.1.relation': 'child',
    'members.1.labour': 'full',
  });
  expect(status).toBe(422);
  expect(text).toContain('身份证号应是 18 位，您填了 10 位');
  for (const field of ['phone', 'members.0.name', 'members.0.idNumber', 'members.0.relation', 'members.1.idNumber'])
    expect(text).toContain(`<li><a href="#f-${field}"`);
});

test('a form sent again with something else in it is told so, and is another form from then on', async () => {
  const family = await Household.findOne({ ledger: 'hean', village: hewan, 'state.name': 'active' }).lean<Household>();
  const page = `/households/${family?._id}`;
  const cadre = await county.agentOf('cadre-hewan');
  const { text: before } = await cadre.get(page);
  const fieldOf = (text: string, name: string) =>
    new RegExp(`income-statements".*?name="${name}"[^>]*value="([^"]*)"`, 's').exec(text)?.[1] ?? '';
  const [from, to] = [fieldOf(before, 'from'), fieldOf(before, 'to')];
  const send = (requestKey: string, yuan: string) =>
    submit(cadre, page, `${page}/income-statements`, { requestKey, from, to, 'items.0.source': 'labour', 'items.0.grossYuan': yuan });
  expect((await send('income-form-1', '12000')).status).toBe(303);
  expect((await send('income-form-1', '12000')).status).toBe(303);
  const refused = await send('income-form-1', '21000');
  expect([refused.status, refused.text.includes('这一次没有记')]).toEqual([409, true]);
  const another = fieldOf(refused.text, 'requestKey');
  expect(another).not.toBe('income-form-1');
  expect((await send(another, '21000')).status).toBe(303);
});
