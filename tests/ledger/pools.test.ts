import { SteppedClock } from '../../server/kernel/clock';
import { addDays, type LocalDate, shanghaiDay } from '../../server/kernel/local-date';
import { debit, type Posting, post } from '../../server/ledger';
import { heads } from '../../server/ledger/collections';
import { faultsOfBooks } from '../support/ledger-book-checks';
import { refusalOf } from '../support/ledger-refusal';
import { useTestLedger } from '../support/test-ledger';
import { anyKind, bank, giftPool, heldPool, issued, points, purse, source, spent, testContext } from './test-chart';

const clock = new SteppedClock('2026-03-20T02:00:00Z');
const ctx = testContext('pools', clock);
useTestLedger('pools', clock);

const send = (posting: Omit<Posting, 'kind' | 'source'>) => post(ctx, { kind: anyKind, source, ...posting });
const lotsIn = (household: string, count: number, from = 0, more: { lastDay?: LocalDate } = {}) =>
  Array.from({ length: count }, (_, place) => {
    const name = String(from + place).padStart(5, '0');
    return { lot: points(household, name), pool: points(household), amount: 1, order: name, origin: name, ...more };
  });
/** Fills a pool in commits of 200, since one is at most about 1,000 documents; then nothing of it is in memory any more. */
async function fillPool(household: string, count: number, more: { lastDay?: LocalDate; from?: number } = {}) {
  const { from = 0, ...rest } = more;
  for (let done = 0; done < count; done += 200) {
    const lots = lotsIn(household, Math.min(200, count - done), from + done, rest);
    await send({ key: `fill:${household}:${from + done}`, legs: [debit(issued('i'), lots.length)], lots });
  }
  await heads().updateOne({ _id: 'pools' }, { $inc: { rev: 1 } }); // as if another process had committed
}
const spend = (household: string, key: string, amount: number | 'all') =>
  send({ key: `${household}:${key}`, draws: [{ from: points(household), amount, to: spent('s') }] });

test.each`
  orders                                    | taken
  ${['10', '1', '2']}                       | ${['1', '10', '2']}
  ${['ab', 'a', 'b']}                       | ${['a', 'ab', 'b']}
  ${['2026-06-30T1', '2026-06-30', '2026']} | ${['2026', '2026-06-30', '2026-06-30T1']}
  ${['z', '', 'a']}                         | ${['', 'a', 'z']}
`('lots are taken in text order, a shorter key first: $taken', async ({ orders, taken }: { orders: string[]; taken: string[] }) => {
  const pool = giftPool('order', taken.join('-'));
  const lots = orders.map((order, place) => ({ lot: `${pool}:${place}`, pool, amount: 5, order, origin: `from-${order}` }));
  await send({ key: `order:${pool}`, legs: [debit(bank('m'), 5 * lots.length)], lots });
  const drawn = await send({ key: `order:${pool}:draw`, draws: [{ from: pool, amount: 'all', to: purse('p') }] });
  expect(drawn.drawn.map(({ origin }) => origin)).toEqual(taken.map((order) => `from-${order}`));
});

test('draws in flight together each get their lots, also when the pool is far larger than a page', async () => {
  await fillPool('large', 700);
  const answers = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => spend('large', `draw:${n}`, 100)));
  const taken = answers.sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0)).flatMap(({ drawn }) => drawn.map(({ origin }) => origin));
  expect(taken).toEqual(lotsIn('large', 600).map(({ origin }) => origin));
  expect(await refusalOf(spend('large', 'draw:7', 101))).toMatchObject({ code: 'floor', available: 100, asked: 101 });
});

test('draws that need more commits to reach their lots all get there, also behind many that are past', async () => {
  const day = shanghaiDay(clock.now());
  await fillPool('deep', 1200, { lastDay: day });
  await fillPool('deep', 1000, { lastDay: addDays(day, 30), from: 1200 });
  clock.advance(86_400_000);
  const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => spend('deep', `draw:${n}`, 100)));
  const taken = answers.sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0)).flatMap(({ drawn }) => drawn.map(({ origin }) => origin));
  expect(taken).toEqual(lotsIn('deep', 1000, 1200).map(({ origin }) => origin));
  expect(await refusalOf(spend('deep', 'more', 1))).toMatchObject({ code: 'floor', available: 0 });
});

test('what is left is told exactly, although the pool was never read to its end before', async () => {
  await fillPool('told', 250);
  const [first, second, third] = await Promise.all([spend('told', 'a', 200), spend('told', 'b', 40), refusalOf(spend('told', 'c', 20))]);
  expect([first.drawn.length, second.drawn.length, third]).toMatchObject([200, 40, { code: 'floor', available: 10 }]);
});

test('lots past their last day in front of a large pool do not hide those behind', async () => {
  const today = shanghaiDay(clock.now());
  await fillPool('past', 500, { lastDay: today });
  await fillPool('past', 60, { lastDay: addDays(today, 30), from: 500 });
  clock.advance(86_400_000);
  const drawn = await spend('past', 'draw', 60);
  expect([drawn.drawn[0]?.origin, drawn.drawn.length]).toEqual(['00500', 60]);
  expect(await refusalOf(spend('past', 'more', 1))).toMatchObject({ code: 'floor', available: 0 });
});

test('a lot put in before and one put in behind the loaded part are both found in their place', async () => {
  await fillPool('around', 120, { from: 100 });
  await spend('around', 'first', 1);
  await Promise.all([
    send({ key: 'around:front', legs: [debit(issued('i'), 1)], lots: lotsIn('around', 1, 1) }),
    send({ key: 'around:back', legs: [debit(issued('i'), 1)], lots: lotsIn('around', 1, 900) }),
    spend('around', 'second', 2),
  ]);
  const rest = await spend('around', 'rest', 'all');
  expect([rest.drawn.at(-1)?.origin, rest.drawn.length]).toEqual(['00900', 119]);
});

test('a draw into a pool whose lots were made in the same commit needs no commit for each', async () => {
  const into = (n: number) => heldPool('chain', String(n));
  const gifts = Array.from({ length: 150 }, (_, n) => ({
    lot: `${giftPool('chain')}:${n}`,
    pool: giftPool('chain'),
    amount: 1,
    order: '',
    origin: `c${n}`,
  }));
  await send({ key: 'chain:fill', legs: [debit(bank('m'), 150)], lots: gifts });
  const before = await send({ key: 'chain:0', draws: [{ from: giftPool('chain'), amount: 1, to: { pool: into(2) } }] });
  const chained = await send({
    key: 'chain:1',
    draws: [
      { from: giftPool('chain'), amount: 149, to: { pool: into(1) } },
      { from: into(1), amount: 149, to: { pool: into(2) } },
    ],
  });
  // While the clock stands, each commit is recorded 1 ms after the last: their number can be read off.
  expect(Date.parse(chained.recordedAt) - Date.parse(before.recordedAt)).toBeLessThanOrEqual(2);
  const after = await send({ key: 'chain:2', draws: [{ from: into(2), amount: 'all', to: purse('p') }] });
  expect(after.drawn).toHaveLength(150);
});

test('a pool named twice is searched once', async () => {
  await fillPool('twice', 3);
  const drawn = await send({ key: 'twice', draws: [{ from: [points('twice'), points('twice')], amount: { upTo: 5 }, to: spent('s') }] });
  expect([drawn.drawn.length, drawn.short]).toEqual([3, 2]);
});

test('a lot is drawn only out of the pool that it is in', async () => {
  await fillPool('mine', 1);
  await fillPool('other', 1);
  const [lot] = lotsIn('other', 1);
  expect(
    await refusalOf(send({ key: 'theirs', draws: [{ from: points('mine'), lot: lot?.lot ?? '', amount: 1, to: spent('s') }] })),
  ).toMatchObject({
    code: 'noAccount',
  });
});

test('what is past for one day can be drawn for an earlier one', async () => {
  const day = shanghaiDay(clock.now());
  await fillPool('back', 2, { lastDay: day });
  clock.advance(86_400_000);
  expect(await refusalOf(spend('back', 'today', 1))).toMatchObject({ code: 'floor' });
  const backdated = { key: 'back:day', effectiveOn: day, draws: [{ from: points('back'), amount: 1, to: spent('s') }] };
  expect((await send(backdated)).drawn).toMatchObject([{ amount: 1, lastDay: day }]);
});

test('a frozen lot is passed over, and taken again once it is open', async () => {
  await fillPool('frost', 2);
  const [first] = lotsIn('frost', 2);
  await send({ key: 'frost:1', status: [{ account: first?.lot ?? '', to: 'frozen' }] });
  expect(await refusalOf(spend('frost', 'two', 2))).toMatchObject({ code: 'floor', available: 1 });
  await send({ key: 'frost:2', status: [{ account: first?.lot ?? '', to: 'open' }] });
  expect((await spend('frost', 'both', 2)).drawn).toHaveLength(2);
});

test('and the books are sound after all of this', async () => {
  expect(await faultsOfBooks('pools')).toEqual([]);
});
