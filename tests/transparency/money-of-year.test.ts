import { organisations } from '../../scripts/sample-county/cast';
import { publicGivingOf, recordBankGift } from '../../server/donations';
import { Gift } from '../../server/donations/gift.model';
import { approveRefund } from '../../server/donations/refunds/approve-refund';
import { askRefund } from '../../server/donations/refunds/ask-refund';
import { recordRefundTransfer } from '../../server/donations/refunds/record-refund-transfer';
import { bringRoster } from '../../server/donations/rosters/bring-roster';
import { handInRoster } from '../../server/donations/rosters/hand-in-roster';
import { findStatement } from '../../server/funds';
import { localDate, shanghaiDay } from '../../server/kernel/local-date';
import { type Fen, fen } from '../../server/kernel/money';
import { lastSeqOf, type TrialRow, trialBalance, trialBalanceAt } from '../../server/ledger';
import { moneyOfYear } from '../../server/transparency/money-of-year';
import { useCountyApp } from '../support/county-app';
import { submit } from '../support/sign-in';

const county = useCountyApp(); // its gifts are of last year, its payment is of this one
const giver = organisations[0];

/** What the charity owes, by the trial balance: the other side of the money in its accounts. */
const owed = (rows: readonly TrialRow[]) =>
  rows
    .filter(({ className }) => ['gift', 'restriction', 'payable', 'transit'].includes(className))
    .reduce((sum, { credit }) => sum + credit, 0);

let receivedFen = 0;
beforeAll(async () => {
  receivedFen = (await moneyOfYear(county.ctx)).receivedFen + 5_000_00;
  await given('1', fen(5_000_00));
});

const given = (key: string, amount: Fen) =>
  recordBankGift(county.stage.as('finance-1'), {
    requestKey: `gift-of-this-year-${key}`,
    bankSerial: `NSH202611240000${key}`,
    receivedOn: localDate('2026-11-24'),
    amount,
    giftNumber: undefined,
    checkedGiver: false,
    donorKind: giver.kind,
    payerName: giver.name,
    creditCode: giver.creditCode,
    purpose: 'general',
    place: undefined,
    lastDay: undefined,
    showName: true,
  });

test('what last year left and what was given this year is what was paid and what is there, to the fen', async () => {
  const money = await moneyOfYear(county.ctx);
  const lastYear = await trialBalanceAt(county.ctx, await lastSeqOf(county.ctx, localDate('2025-12-31')));
  expect(money.carriedFen).toBe(owed(lastYear));
  expect(money.carriedFen).toBeGreaterThan(0);
  expect(money.receivedFen).toBe(receivedFen);
  expect(money.paidFen).toBeGreaterThan(0);
  expect(money.carriedFen + money.receivedFen - money.paidFen).toBe(owed(await trialBalance(county.ctx)));
  expect(money.totalFen).toBe(money.paidFen + money.reservedFen + money.freeFen);
  expect(money.agrees).toBe(true);
});

test('both public pages show last year’s money among the sources, and one sum over both sides', async () => {
  const { carriedFen, totalFen } = await moneyOfYear(county.ctx);
  const yuan = (amount: number) => `¥${(amount / 100).toLocaleString('en', { minimumFractionDigits: 2 })}`;
  const visitor = await fetch(`${county.url}/`);
  for (const text of [await visitor.text(), await (await fetch(`${county.url}/money`)).text()]) {
    expect(text).toMatch(/上年结转/);
    expect(text).toContain(yuan(carriedFen));
    expect(text.split(yuan(totalFen)).length - 1).toBe(2);
    expect(text).toContain('一分不差');
  }
});

test('money that goes back to a giver is shown as gone from the moment it is set apart, and both sides still agree', async () => {
  const { stage } = county;
  const gift = await Gift.findOne({ ledger: 'hean', amountFen: fen(5_000_00) }).orFail();
  const ask = { requestKey: 'back-to-giver', number: gift.number, amount: fen(1_200_00), reason: 'duplicate' as const, note: '两次转账' };
  const { _id: id } = await askRefund(stage.as('finance-1'), ask);
  const steps = [
    async () => undefined,
    async () => approveRefund(stage.as('manager-1'), undefined, { id, code: await stage.signingCode('manager-1') }),
    async () => recordRefundTransfer(stage.as('finance-1'), { id, bankSerial: 'NSH2026112400002' }),
  ];
  for (const step of steps) {
    await step();
    expect(await moneyOfYear(county.ctx)).toMatchObject({ goneFen: 1_200_00, receivedFen, agrees: true });
  }
  expect(await (await fetch(`${county.url}/`)).text()).toMatch(/退回和手续费[\s\S]*¥1,200\.00/);
});

test('the public figures agree at every moment, also while gifts arrive', async () => {
  let isComing = true;
  const reading = async () => {
    while (isComing) expect(await moneyOfYear(county.ctx)).toMatchObject({ agrees: true });
  };
  const reader = reading();
  for (const key of ['3', '4', '5', '6', '7', '8']) await given(key, fen(1_00));
  isComing = false;
  await reader;
  expect(await moneyOfYear(county.ctx)).toMatchObject({ receivedFen: receivedFen + 6_00, agrees: true });
});

test('a gift whose roster waits for its second person is not used yet for the public, and set apart in the statement', async () => {
  const before = await moneyOfYear(county.ctx);
  const finance = county.stage.as('finance-1');
  const gift = await given('9', fen(1_000_00));
  const roster = await bringRoster(finance, { bytes: Buffer.from('姓名,金额\n甲,600\n乙,400'), fileName: '名单.csv', gift: gift.number });
  await handInRoster(finance, { id: roster._id });
  const money = await moneyOfYear(county.ctx);
  expect(money).toMatchObject({ freeFen: before.freeFen + 1_000_00, totalFen: before.totalFen + 1_000_00, agrees: true });
  const today = shanghaiDay(county.ctx.clock.now());
  const { standing, agrees } = await findStatement(county.ctx, { from: today, to: today });
  const others = before.freeFen + before.reservedFen;
  expect({ ...standing, agrees }).toMatchObject({ apartFen: 1_000_00, otherFen: 0, moneyFen: others + 1_000_00, agrees: true });
  expect(await (await fetch(`${county.url}/fund`)).text()).toMatch(/暂留不用[\s\S]*¥1,000\.00/);
});

test.each(['hengtong', 'union'])('in the list of %s each gift that has come is used, held and left, to the fen', async (key) => {
  const { text } = await (await county.agentOf(key)).get('/my/gifts').expect(200);
  const rows = text.slice(text.indexOf('<tbody>'), text.indexOf('</tbody>')).split('</tr>').slice(0, -1);
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) {
    const [wide = ''] = row.split('phone-only'); // there the used sum stands once more
    const sums = [...wide.matchAll(/¥([\d,]+\.\d\d)/g)].map(([, sum = '']) => Number(sum.replace(/\D/g, '')));
    const whole = sums.pop();
    if (sums.length > 0) expect([key, sums.reduce((sum, part) => sum + part, 0)]).toEqual([key, whole]);
  }
});

test('however many gifts organisations gave, none is left out: followed one by one they make the same figures', async () => {
  const period = { from: localDate('2025-01-01'), to: localDate('2026-12-31') };
  const whole = await publicGivingOf(county.ctx, ['tradeUnion', 'womensFederation'], period);
  expect(whole.flatMap(({ statement }) => statement.lines).length).toBeGreaterThan(1);
  expect(await publicGivingOf(county.ctx, ['tradeUnion', 'womensFederation'], period, 1)).toEqual(whole);
});

test('a mass organisation has its own page while it agrees to be named, and from its no on stands on none', async () => {
  const gift = await Gift.findOne({ ledger: 'hean', donorKind: 'tradeUnion', 'received.into': 'bankTransfer' }).orFail();
  const page = `/organisations/${gift.donor}`;
  const union = await county.agentOf('union');
  const year = Number(gift.received?.on.slice(0, 4));
  const read = async (path: string) => (await fetch(`${county.url}${path}`)).text();
  const pages = [`/mass-organisations/tradeUnion?year=${year}`, `${page}?year=${year}`, `/gifts/${gift.code}`];
  const decide = (naming: string) => submit(union, '/my/giving', '/my/naming', { naming });
  const namedOn = async () => (await Promise.all(pages.map(read))).map((text) => text.includes('和安县总工会'));

  expect(await namedOn()).toEqual([true, true, true]);
  expect(await read(`${page}?year=${year}`)).toContain('80,000.00');
  expect((await decide('never')).status).toBe(303);
  expect(await namedOn()).toEqual([false, false, false]);
  expect((await fetch(`${county.url}${page}`)).status).toBe(404);
  expect((await union.get(`/my/gifts/${gift.number}`)).text).toContain('和安县总工会'); // its own page is not public
  await decide('always');
  expect(await namedOn()).toEqual([true, true, true]);
  expect((await decide('perhaps')).status).toBe(422);
  for (const kind of ['tradeUnion', 'youthLeague', 'womensFederation', 'redCross', 'charityFederation'])
    expect((await fetch(`${county.url}/mass-organisations/${kind}`)).status).toBe(200);
  expect(await read('/mass-organisations/redCross')).toContain('还没有公开名称的红十字会捐赠');
});
