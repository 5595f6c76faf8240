import request from 'supertest';
import type TestAgent from 'supertest/lib/agent';
import { gift as giftLot } from '../../server/donations';
import { fen } from '../../server/kernel/money';
import { formatYuan } from '../../server/kernel/money-text';
import { findStatementLines, trialBalance } from '../../server/ledger';
import { useGivingCounty } from '../donations/giving-county';
import { press } from '../platform/practising';
import { agentOf, samplePerson, submit, testPassword } from '../support/sign-in';

const county = useGivingCounty();
const { ctx } = county;

/** The statement of an account as it would be printed, oldest line first. */
async function statement(code: string): Promise<string[]> {
  const lines = await findStatementLines(ctx, code, {}, 100);
  return lines
    .reverse()
    .map(
      ({ effectiveOn, kind, change, balanceAfter }) =>
        `${effectiveOn} ${kind} ${formatYuan(fen(change))} = ${formatYuan(fen(balanceAfter))}`,
    );
}

async function signedIn(mobile: string): Promise<TestAgent> {
  const agent = request.agent(county.app);
  const answer = await submit(agent, '/sign-in', '/sign-in', { account: mobile, password: testPassword });
  expect(answer.status).toBe(303);
  return agent;
}

test('a company registers, gives 10,000 yuan and sees it; a union’s transfer is recorded; the books say the same', async () => {
  const visitor = request.agent(county.app);
  const registered = await submit(visitor, '/donors/new', '/donors', {
    requestKey: 'register-hengtong',
    kind: 'company',
    name: '和安县恒通机械有限公司',
    creditCode: '91130434MA0ABCDE67',
    contactName: '刘芳',
    mobile: '139 0000 5821',
    password: testPassword,
  });
  expect([registered.status, registered.headers['location']]).toEqual([303, '/donors/registered']);

  const company = await signedIn('13900005821');
  const given = await submit(company, '/give', '/gifts', {
    requestKey: 'give-10000',
    amount: '10000.00',
    purpose: 'general',
    giver: 'member',
    showName: 'on',
    method: 'alipay',
  });
  expect(given.headers['location']).toContain(county.practice.provider.url);
  const paid = await press(String(given.headers['location']), 'pay', 'alipay');
  await county.deliver();
  const back = await company.get(new URL(paid.headers.get('location') ?? '').pathname);
  expect(back.text).toContain('收到了，谢谢您');
  expect(back.text).toContain('还不是捐赠票据');

  const mine = await company.get('/my/gifts');
  for (const told of ['共捐 ¥10,000.00，1 笔', '91130434MA0ABCDE67']) expect(mine.text).toContain(told);
  const page = await company.get('/my/gifts/D-2026-000001');
  expect(page.text).toContain('您捐的 ¥10,000.00，已用 ¥0.00');
  expect((await visitor.get('/my/gifts/D-2026-000001')).headers['location']).toBe('/sign-in');

  const officer = await samplePerson(ctx, [{ role: 'financeOfficer', scope: '130499' }]);
  const desk = await agentOf(county.app, officer._id, ctx);
  const recorded = await submit(desk, '/donations/bank-gifts/new', '/donations/bank-gifts', {
    requestKey: 'union-transfer',
    bankSerial: 'BOC20261124-0001',
    receivedOn: '2026-11-23',
    amount: '50,000',
    giftNumber: '',
    donorKind: 'tradeUnion',
    payerName: '和安县总工会',
    creditCode: '81130434MC0000039T',
    purpose: 'illness',
    place: '',
    lastDay: '',
  });
  expect([recorded.status, recorded.headers['location']]).toEqual([303, '/donations/gifts/D-2026-000002?recorded=1']);
  expect((await desk.get('/donations/gifts')).text).toContain('<b>2</b> 笔，合计 <b>¥60,000.00</b>');
  const unions = (await desk.get('/donations/gifts/D-2026-000002')).text;
  for (const told of ['和安县总工会', '81130434MC0000039T']) expect(unions).toContain(told);
  expect((await company.get('/my/gifts/D-2026-000002')).status).toBe(404);

  const printed = [
    ...(await statement(giftLot('D-2026-000001'))),
    ...(await statement(giftLot('D-2026-000002'))),
    ...(await statement('provider:stripe')),
    ...(await statement('bank:main')),
  ];
  expect(printed).toEqual([
    '2026-11-24 gift.received ¥10,000.00 = ¥10,000.00',
    '2026-11-23 gift.received ¥50,000.00 = ¥50,000.00',
    '2026-11-24 gift.received ¥10,000.00 = ¥10,000.00',
    '2026-11-23 gift.received ¥50,000.00 = ¥50,000.00',
  ]);
  const sums = (await trialBalance(ctx)).filter(({ unit }) => unit === 'CNY');
  console.log(
    [...printed, ...sums.map((row) => `${row.className} ${formatYuan(fen(row.debit))} ${formatYuan(fen(row.credit))}`)].join('\n'),
  );
  expect(sums.reduce((total, row) => total + row.debit - row.credit, 0)).toBe(0);
});
