import { aidCancelled, aidReserved } from '../../server/aid/aid.accounts';
import { findPoolsFor, findStatement, mainBank, recordIncome } from '../../server/funds';
import { recordIncomeInput } from '../../server/funds/funds.inputs';
import { fundBalances } from '../../server/funds/overview/fund-balances';
import { SteppedClock } from '../../server/kernel/clock';
import type { Context } from '../../server/kernel/context';
import { AppError } from '../../server/kernel/errors';
import { addDays, type LocalDate, localDate, shanghaiDay } from '../../server/kernel/local-date';
import { seededRandom } from '../../server/kernel/random';
import { balanceOf, drawableFrom, findEntryByKey, isRefused, LedgerConflict, post } from '../../server/ledger';
import { payable, transit } from '../../server/payments';
import { paymentPaid, paymentReturned, paymentSent } from '../../server/payments/payments.accounts';
import { ensureIndexes } from '../../server/platform/mongo/indexes';
import { useTestKeys } from '../support/sign-in';
import { useTestLedger } from '../support/test-ledger';

const ledger = 'hean';
const clock = new SteppedClock('2026-11-24T02:00:00Z');
const ctx: Context = {
  ledger,
  actor: { id: 'usr_finance', kind: 'person', grants: [{ role: 'financeOfficer', scope: '130499' }] },
  clock,
  random: seededRandom('incomes'),
  locale: 'zh-CN',
};
const system: Context = { ...ctx, actor: { id: 'system:test', kind: 'system', grants: [] } };
useTestKeys();
useTestLedger(ledger, clock);
beforeAll(() => ensureIndexes());

let count = 0;
const input = (fields: Record<string, string> = {}) => {
  count += 1;
  return recordIncomeInput.parse({
    requestKey: `income-form-${count}`,
    source: 'countyBudget',
    document: '和财〔2026〕31 号',
    legalBasis: '县政府常务会议纪要第 12 期',
    bankSerial: `NSH202611240${count}`,
    receivedOn: '2026-11-20',
    amount: '1000.00',
    purpose: 'elders',
    ...fields,
  });
};
const issueOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.issues.map(({ path, code }) => `${path} ${code}`).join() : String(error)),
  );

test.each(['countyBudget', 'fiscal', 'counterpartAid', 'projectDividend', 'reliefDay', 'interest', 'other'])(
  'money from %s lands as a lot under its restriction, with a number, on the day of the bank',
  async (source) => {
    const [bank, pool] = [await balanceOf(ctx, 'bank:main'), await drawableFrom(ctx, 'restriction:elders', localDate('2026-11-24'))];
    const income = await recordIncome(ctx, input({ source }));
    expect(income).toMatchObject({ source, amountFen: 1_000_00, number: expect.stringMatching(/^I-2026-\d{6}$/) });
    expect(await findEntryByKey(ctx, `income:${income._id}:recorded`)).toMatchObject({
      effectiveOn: '2026-11-20',
      kind: 'fund.incomeRecorded',
      tags: { purpose: 'elders' },
    });
    expect(await balanceOf(ctx, `income:${source}:${income._id}`)).toBe(1_000_00);
    expect(await balanceOf(ctx, 'bank:main')).toBe(bank + 1_000_00);
    expect(await drawableFrom(ctx, 'restriction:elders', localDate('2026-11-24'))).toBe(pool + 1_000_00);
  },
);

test('the form sent twice is one income, with something else in it a conflict; the serial number in another form is refused', async () => {
  const first = input();
  const [one, two] = await Promise.all([recordIncome(ctx, first), recordIncome(ctx, first)]);
  expect(two.number).toBe(one.number);
  await expect(recordIncome(ctx, { ...first, document: '另一份' })).rejects.toBeInstanceOf(LedgerConflict);
  expect(await issueOf(recordIncome(ctx, input({ bankSerial: first.bankSerial })))).toBe('bankSerial bank-serial-taken');
});

test.each`
  fields                                                 | issue
  ${{ receivedOn: '2026-11-25' }}                        | ${'receivedOn in-the-future'}
  ${{ receivedOn: '2026-11-20', lastDay: '2026-11-19' }} | ${'lastDay day-is-over'}
`('$issue is told at its field', async ({ fields, issue }) => {
  expect(await issueOf(recordIncome(ctx, input(fields)))).toBe(issue);
});

test.each(['document', 'legalBasis', 'bankSerial', 'source'])('without %s nothing is recorded', (field) => {
  expect(recordIncomeInput.safeParse({ ...input(), [field]: '' }).success).toBe(false);
});

describe('illness in Anning 1,000, illness 5,000, general 10,000 (FU7)', () => {
  const day = localDate('2026-11-24');
  const topUp = async (key: string, village: string, amount: number, on = day) => {
    const from = await findPoolsFor(ctx, { cause: 'illness', village, day: on });
    const posted = await post(system, {
      key: `topup:${key}`,
      kind: aidReserved,
      source: { type: 'test', id: key },
      draws: [{ from, amount, to: { pool: payable(key) } }],
    });
    return posted.drawn.map(({ pool, amount: part }) => [pool, part]);
  };
  /** Back to the pools as they were, for the next case. */
  const undo = (key: string) =>
    post(manager, { key: `reversal:topup:${key}`, kind: aidCancelled, source: { type: 'test', id: key }, reverses: `topup:${key}` });
  const manager: Context = { ...ctx, actor: { id: 'usr_manager', kind: 'person', grants: [{ role: 'fundManager', scope: '130499' }] } };

  beforeAll(async () => {
    await recordIncome(ctx, input({ amount: '1000.00', purpose: 'illness', place: '130499101' }));
    await recordIncome(ctx, input({ amount: '5000.00', purpose: 'illness' }));
    await recordIncome(ctx, input({ amount: '10000.00', purpose: 'general' }));
  });

  test.each`
    key              | village           | amount      | drawn
    ${'willow-3000'} | ${'130499101201'} | ${3_000_00} | ${[['restriction:illness:130499101', 1_000_00], ['restriction:illness', 2_000_00]]}
    ${'river-3000'}  | ${'130499201201'} | ${3_000_00} | ${[['restriction:illness', 3_000_00]]}
    ${'river-6000'}  | ${'130499201201'} | ${6_000_00} | ${[['restriction:illness', 5_000_00], ['restriction:general', 1_000_00]]}
  `('$key draws $drawn', async ({ key, village, amount, drawn }) => {
    expect(await topUp(key, village, amount)).toEqual(drawn);
    await undo(key);
  });

  test('reserved money is shown under the restriction it was drawn from, and no longer once it is paid', async () => {
    await topUp('shown', '130499101201', 3_000_00);
    const ofIllness = async () =>
      (await fundBalances(ctx)).flatMap(({ purposes }) => purposes).find(({ purpose }) => purpose === 'illness');
    const illness = await ofIllness();
    expect(illness).toMatchObject({ freeFen: 3_000_00, reservedFen: 3_000_00, pastFen: 0 });
    expect(illness?.restrictions.map(({ pool, reservedFen }) => [pool, reservedFen])).toEqual([
      ['restriction:illness', 2_000_00],
      ['restriction:illness:130499101', 1_000_00],
    ]);
    const draw = { key: 'sent:shown', source: { type: 'test', id: 'shown' } };
    await post(system, { ...draw, kind: paymentSent, draws: [{ from: payable('shown'), amount: 'all', to: { pool: transit('shown') } }] });
    expect(await ofIllness()).toMatchObject({ freeFen: 3_000_00, reservedFen: 3_000_00 });
    const back = { from: transit('shown'), amount: 'all' as const, to: { pool: payable('shown') } };
    await post(system, { ...draw, key: 'returned:shown', kind: paymentReturned, draws: [back] });
    expect(await ofIllness()).toMatchObject({ freeFen: 3_000_00, reservedFen: 3_000_00 }); // the bank gave it back
    await post(system, {
      ...draw,
      key: 'sent-again:shown',
      kind: paymentSent,
      draws: [{ from: payable('shown'), amount: 'all', to: { pool: transit('shown') } }],
    });
    expect(await ofIllness()).toMatchObject({ freeFen: 3_000_00, reservedFen: 3_000_00 });
    await post(system, { ...draw, key: 'paid:shown', kind: paymentPaid, draws: [{ from: transit('shown'), amount: 'all', to: mainBank }] });
    expect(await ofIllness()).toMatchObject({ freeFen: 3_000_00, reservedFen: 0 });
  });

  test('money whose last day passed while it was reserved is used first in the days of grace, and by nobody after them', async () => {
    const lastDay = localDate('2026-11-24');
    await recordIncome(ctx, input({ amount: '400.00', purpose: 'illness', lastDay }));
    const dated = `restriction:illness:${lastDay}`;
    expect(await topUp('cut-short', '130499201201', 400_00)).toEqual([[dated, 400_00]]);
    clock.advance(24 * 3_600_000);
    const on = shanghaiDay(clock.now());
    await post(manager, {
      key: 'reversal:topup:cut-short',
      kind: aidCancelled,
      source: { type: 'test', id: 'cut-short' },
      reverses: 'topup:cut-short',
      graceDays: 30,
    });
    const poolsOn = (date: LocalDate) => findPoolsFor(ctx, { cause: 'illness', village: '130499201201', day: date });
    expect(await topUp('in-grace', '130499201201', 100_00, on)).toEqual([[dated, 100_00]]);
    expect(await findPoolsFor(ctx, { cause: 'schooling', village: '130499201201', day: on })).not.toContain(dated);
    expect(await poolsOn(addDays(on, 30))).toContain(dated);
    expect(await poolsOn(addDays(on, 31))).not.toContain(dated);
  });

  test('funds that are read while money is reserved and freed are of one moment: free and reserved are what lies there', async () => {
    const money = async () =>
      (await fundBalances(ctx)).reduce((sum, { freeFen, reservedFen, pastFen }) => sum + freeFen + reservedFen + pastFen, 0);
    const right = await money();
    let isMoving = true;
    const reading = async () => {
      while (isMoving) expect(await money()).toBe(right);
    };
    const readers = Promise.all([reading(), reading(), reading()]);
    for (let n = 0; n < 20; n += 1) {
      await topUp(`moving-${n}`, '130499201201', 300_00, shanghaiDay(clock.now()));
      await undo(`moving-${n}`);
    }
    isMoving = false;
    await readers;
  });

  test('more than all pools have is refused whole', async () => {
    const refusal = await topUp('too-much', '130499101201', 100_000_00).catch((error: unknown) => error);
    expect(isRefused(refusal, 'floor')).toBe(true);
  });
});

test('a statement that is read while money comes in is of one moment: its figures fit each other, and a day that is over stays as it was', async () => {
  const over = shanghaiDay(clock.now());
  clock.advance(24 * 3_600_000);
  const running = addDays(over, 1);
  const read = async () => {
    const [past, present] = [await findStatement(ctx, { from: over, to: over }), await findStatement(ctx, { from: running, to: running })];
    const { opening, closing } = past.total;
    return [opening, closing, past.agrees, present.total.opening, present.total.closing - present.total.in, present.agrees];
  };
  const [{ total }, right] = [await findStatement(ctx, { from: over, to: over }), await read()];
  expect(right).toEqual([total.opening, total.closing, true, total.closing, total.closing, true]);
  let isComing = true;
  const reading = async () => {
    while (isComing) expect(await read()).toEqual(right);
  };
  const readers = Promise.all([reading(), reading()]);
  for (let one = 0; one < 10; one += 1) await recordIncome(ctx, input({ amount: '10.00' }));
  isComing = false;
  await readers;
  expect((await findStatement(ctx, { from: running, to: running })).total.in).toBe(100_00);
});
