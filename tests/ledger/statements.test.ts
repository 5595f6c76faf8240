import { mongo } from 'mongoose';
import { SteppedClock } from '../../server/kernel/clock';
import { localDate } from '../../server/kernel/local-date';
import { atOneMoment, credit, debit, followLots, post, traceOrigins } from '../../server/ledger';
import { accounts, entries, pools, salts } from '../../server/ledger/collections';
import { balanceAt, balanceOf, drawableFrom, findOpenLots } from '../../server/ledger/find-accounts';
import { findEntries, findStatementLines, lastSeqOf, sumPeriod } from '../../server/ledger/find-entries';
import { ledgerTruths } from '../../server/ledger/ledger.truths';
import { trialBalance, trialBalanceAt } from '../../server/ledger/trial-balance';
import { useTestLedger } from '../support/test-ledger';
import { bank, giftPool, heldPool, moneyKind, purse, source, testContext } from './test-chart';

const clock = new SteppedClock('2026-03-09T02:00:00Z');
const ctx = testContext('hean', clock);
useTestLedger('hean', clock);

const lot = `${giftPool('lot')}:D1`;
const move = (key: string, amount: number) =>
  post(ctx, { key, kind: moneyKind, source, legs: [debit(purse('a'), amount), credit(bank('a'), amount)] });

beforeAll(async () => {
  await post(ctx, { key: 'in', kind: moneyKind, source, legs: [debit(bank('a'), 10_000), credit(purse('a'), 10_000)] });
  clock.set('2026-04-17T02:00:00Z');
  await move('out:1', 2160);
  await move('out:2', 1500);
  clock.set('2026-06-12T02:00:00Z');
  await move('out:3', 1284);
});

test('a statement shows each line with the balance after it, newest first', async () => {
  const lines = await findStatementLines(ctx, purse('a'), {}, 50);
  expect(lines.map(({ seq, change, balanceAfter }) => [seq, change, balanceAfter])).toEqual([
    [4, -1284, 5056],
    [3, -1500, 6340],
    [2, -2160, 7840],
    [1, 10_000, 10_000],
  ]);
});

test.each`
  from            | to              | opening   | income    | out     | closing   | why
  ${undefined}    | ${undefined}    | ${0}      | ${10_000} | ${4944} | ${5056}   | ${'all'}
  ${'2026-03-09'} | ${'2026-03-09'} | ${0}      | ${10_000} | ${0}    | ${10_000} | ${'the first day'}
  ${'2026-03-10'} | ${'2026-04-30'} | ${10_000} | ${0}      | ${3660} | ${6340}   | ${'days without entries at both ends'}
  ${'2026-05-01'} | ${'2026-12-31'} | ${6340}   | ${0}      | ${1284} | ${5056}   | ${'to beyond today'}
  ${'2026-03-01'} | ${'2026-03-08'} | ${0}      | ${0}      | ${0}    | ${0}      | ${'before the first entry'}
`('sums of a period agree: $why', async ({ from, to, opening, income, out, closing }) => {
  const days = { ...(from ? { from: localDate(from) } : {}), ...(to ? { to: localDate(to) } : {}) };
  expect(await sumPeriod(ctx, purse('a'), days)).toMatchObject({ opening, in: income, out, closing });
});

test('the balance at any entry is the one its leg stored', async () => {
  expect(await Promise.all([0, 1, 2, 3, 4, 99].map((seq) => balanceAt(ctx, purse('a'), seq)))).toEqual([0, 10_000, 7840, 6340, 5056, 5056]);
  expect(await balanceOf(ctx, purse('a'))).toBe(5056);
});

test('entries are found by day and kind, newest first, page by page', async () => {
  expect((await findEntries(ctx, { from: localDate('2026-04-01'), to: localDate('2026-04-30') }, 10)).map(({ seq }) => seq)).toEqual([
    3, 2,
  ]);
  expect((await findEntries(ctx, { upTo: 2, kind: 'test.money' }, 10)).map(({ seq }) => seq)).toEqual([2, 1]);
  expect(await lastSeqOf(ctx, localDate('2026-04-16'))).toBe(1);
});

test('debits equal credits in the trial balance, now and at any entry', async () => {
  const rows = [
    { className: 'test-bank', unit: 'CNY', accounts: 1, debit: 5056, credit: 0 },
    { className: 'test-purse', unit: 'CNY', accounts: 1, debit: 0, credit: 5056 },
  ];
  expect(await trialBalance(ctx)).toEqual(rows);
  expect(await trialBalanceAt(ctx, 4)).toEqual(rows);
  expect((await trialBalanceAt(ctx, 1)).map((row) => row.debit + row.credit)).toEqual([10_000, 10_000]);
});

test('a gift is followed through reserved money to what was paid, and back when that returns', async () => {
  const pool = giftPool('general');
  const gift = { lot, pool, amount: 10_000, order: '1', origin: 'D1' };
  await post(ctx, { key: 'gift', kind: moneyKind, source, legs: [debit(bank('a'), 10_000)], lots: [gift] });
  await post(ctx, { key: 'hold', kind: moneyKind, source, draws: [{ from: pool, amount: 4000, to: { pool: heldPool('c1') } }] });
  await post(ctx, { key: 'pay', kind: moneyKind, source, draws: [{ from: heldPool('c1'), amount: 3000, to: bank('a') }] });
  const left = async () => {
    const { gone = [], lots = [] } = (await traceOrigins(ctx, ['D1'])).get('D1') ?? {};
    const paid = gone.reduce((sum, use) => sum + use.amount, 0);
    return { paid, held: Object.fromEntries(lots.map(({ code, balance }) => [code, balance])) };
  };
  expect(await left()).toEqual({ paid: 3000, held: { [lot]: 6000, [`${heldPool('c1')}:D1`]: 1000 } });
  await post(ctx, { key: 'reversal:pay', kind: moneyKind, source, reverses: 'pay' });
  expect(await left()).toEqual({ paid: 0, held: { [lot]: 6000, [`${heldPool('c1')}:D1`]: 4000 } });
  expect((await findOpenLots(ctx, pool)).map((one) => one.balance)).toEqual([6000]);
  expect(await drawableFrom(ctx, pool, localDate('2026-06-12'))).toBe(6000);
});

test('a gift that is followed while it is drawn from and returned is whole at each moment', async () => {
  const pool = giftPool('busy');
  const whole = 10_000;
  const gift = { lot: `${pool}:D2`, pool, amount: whole, order: '1', origin: 'D2' };
  await post(ctx, { key: 'gift:busy', kind: moneyKind, source, legs: [debit(bank('a'), whole)], lots: [gift] });
  let isMoving = true;
  const reading = async () => {
    while (isMoving) {
      const { uses = [], held = new Map<string, number>() } = (await followLots(ctx, [gift.lot])).get(gift.lot) ?? {};
      const gone = uses.filter(({ into }) => into === undefined).reduce((sum, { amount }) => sum + amount, 0);
      expect(gone + [...held.values()].reduce((sum, balance) => sum + balance, 0)).toBe(whole);
    }
  };
  const readers = Promise.all([reading(), reading()]);
  for (let n = 0; n < 15; n += 1) {
    await post(ctx, { key: `held:${n}`, kind: moneyKind, source, draws: [{ from: pool, amount: 500, to: { pool: heldPool('c2') } }] });
    await post(ctx, { key: `paid:${n}`, kind: moneyKind, source, draws: [{ from: heldPool('c2'), amount: 400, to: bank('a') }] });
    if (n % 3 === 0) await post(ctx, { key: `reversal:paid:${n}`, kind: moneyKind, source, reverses: `paid:${n}` });
  }
  isMoving = false;
  await readers;
});

describe('a moment that the database no longer remembers', () => {
  const forgotten = () => new mongo.MongoServerError({ message: 'Read timestamp is older than the oldest available', code: 239 });
  const note = (n: number) => post(ctx, { key: `note:${n}`, kind: moneyKind, source, legs: [debit(bank('b'), 1), credit(purse('b'), 1)] });

  test('is read anew as it is later, whole', async () => {
    const seen: number[] = [];
    const read = await atOneMoment(ctx, async (moment) => {
      seen.push(moment.seq);
      if (seen.length > 1) return moment.seq;
      await note(1);
      throw forgotten();
    });
    expect(seen).toEqual([read - 1, read]);
  });

  test('is an error when it happens again and again, and any other error is told at once', async () => {
    let times = 0;
    const always = (error: Error) => () => {
      times += 1;
      return Promise.reject(error);
    };
    await expect(atOneMoment(ctx, always(forgotten()))).rejects.toMatchObject({ code: 239 });
    expect(times).toBe(3);
    await expect(atOneMoment(ctx, always(new Error('no')))).rejects.toThrow('no');
    expect(times).toBe(4);
  });
});

describe('the truths', () => {
  const broken = async () =>
    (await Promise.all(ledgerTruths.map((truth) => truth.check(ctx)))).flat().map(({ truth, where }) => `${truth} ${where}`);

  test('hold on books that the ledger wrote', async () => {
    expect(await broken()).toEqual([]);
  });

  test.each`
    why                            | spoil                                                                                                                                          | finds
    ${'a balance was edited'}      | ${() => accounts().updateOne({ _id: `hean/${purse('a')}` }, { $inc: { balance: 1 } })}                                                         | ${'I2 account test-purse:a'}
    ${'a leg was edited'}          | ${() => entries().updateOne({ seq: 2 }, { $inc: { 'legs.0.amount': 1 } })}                                                                     | ${'I1 entry 2'}
    ${'an entry was deleted'}      | ${() => entries().deleteOne({ seq: 3 })}                                                                                                       | ${'I1 head'}
    ${'a lot was emptied by hand'} | ${() => accounts().updateOne({ _id: `hean/${lot}` }, { $unset: { open: '' } })}                                                                | ${'I2 pool test-gifts:general'}
    ${'a pool total was raised'}   | ${() => pools().updateOne({ _id: `hean/${giftPool('general')}` }, { $inc: { total: 5 } })}                                                     | ${'I2 pool test-gifts:general'}
    ${'money came from nowhere'}   | ${() => accounts().insertOne({ _id: 'hean/test-purse:x', ledger: 'hean', unit: 'CNY', side: 'credit', floor: 0, status: 'open', balance: 9 })} | ${'I1 unit CNY'}
    ${'a salt is gone'}            | ${() => salts().deleteMany({ firstSeq: { $lte: 3 } })}                                                                                         | ${'I1 salts'}
  `('see that $why', async ({ spoil, finds }) => {
    await spoil();
    expect(await broken()).toContain(finds);
  });
});
