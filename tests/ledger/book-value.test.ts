import { SteppedClock } from '../../server/kernel/clock';
import { addDays, localDate } from '../../server/kernel/local-date';
import { credit, debit, type Posting, post } from '../../server/ledger';
import { accounts } from '../../server/ledger/collections';
import { faultsOfBooks } from '../support/ledger-book-checks';
import { refusalOf } from '../support/ledger-refusal';
import { useTestLedger } from '../support/test-ledger';
import { anyKind, givenOut, handedOver, issued, points, purse, shelf, source, spent, stock, supply, testContext } from './test-chart';

const clock = new SteppedClock('2026-03-20T02:00:00Z');
const ctx = testContext('value', clock);
useTestLedger('value', clock);

const send = (posting: Omit<Posting, 'kind' | 'source'>) => post(ctx, { kind: anyKind, source, ...posting });
const deliver = (shop: string, id: string, amount: number, value: number, origin = id) =>
  send({
    key: `deliver:${shop}:${id}`,
    legs: [credit(supply('rice'), amount), debit(stock('s'), value), credit(purse('supplier'), value)],
    lots: [{ lot: shelf(shop, 'rice', id), pool: shelf(shop, 'rice'), amount, order: '1', origin, value }],
  });
const handOut = (key: string, shop: string, amount: number | 'all') =>
  send({
    key,
    draws: [{ from: shelf(shop, 'rice'), amount, to: handedOver('rice'), cost: { from: stock('s'), to: givenOut('g') } }],
  });
const carry = (key: string, from: string, to: string, amount: number | 'all') =>
  send({ key, draws: [{ from: shelf(from, 'rice'), amount, to: { pool: shelf(to, 'rice') } }] });
const reverse = (key: string, graceDays = 0) => send({ key: `reversal:${key}`, reverses: key, graceDays });

/** Value of all lots of a shop. */
async function worth(shop: string): Promise<number> {
  const lots = await accounts()
    .find({ ledger: 'value', pool: shelf(shop, 'rice') })
    .toArray();
  return lots.reduce((sum, lot) => sum + (lot.value ?? 0), 0);
}

/** What the money side says the shelves hold is what their lots are worth, after every test. */
afterEach(async () => {
  expect(await faultsOfBooks('value')).toEqual([]);
  const lots = await accounts()
    .find({ ledger: 'value', unit: 'goods:rice', pool: { $exists: true } })
    .toArray();
  const money = await accounts().findOne({ _id: `value/${stock('s')}` });
  expect(money?.balance).toBe(lots.reduce((sum, lot) => sum + (lot.value ?? 0), 0));
});

test('a delivery taken back takes its book value with it', async () => {
  await deliver('a', 'L1', 3, 1000);
  await reverse('deliver:a:L1');
  expect(await worth('a')).toBe(0);
});

test('goods of one origin and different cost stay apart on the shelf they are carried to', async () => {
  await deliver('b', 'L1', 1, 10, 'D1');
  await deliver('b', 'L2', 100, 100, 'D1');
  await carry('carry:b', 'b', 'c', 'all');
  const handed = await handOut('hand:c', 'c', 'all');
  expect(handed.drawn.map(({ amount, cost }) => [amount, cost]).sort()).toEqual([
    [1, 10],
    [100, 100],
  ]);
});

test('parts that meet again on a shelf are worth what they were, to the fen', async () => {
  await deliver('d', 'L1', 3, 1000);
  await carry('carry:d1', 'd', 'e', 1);
  await carry('carry:d2', 'd', 'e', 2);
  expect([await worth('d'), await worth('e')]).toEqual([0, 1000]);
  await carry('carry:e', 'e', 'd', 'all');
  expect((await handOut('hand:d', 'd', 'all')).drawn.map(({ cost }) => cost)).toEqual([1000]);
});

test('a hand-out taken back brings goods and value to the same lot, in whatever order', async () => {
  await deliver('f', 'L1', 3, 1000);
  for (const n of [1, 2, 3]) await handOut(`hand:f${n}`, 'f', 1);
  await reverse('hand:f1');
  await reverse('hand:f3');
  expect(await worth('f')).toBe(667);
  await handOut('hand:f4', 'f', 2);
  await reverse('hand:f2');
  expect(await worth('f')).toBe(333);
});

test('goods carried away and partly handed out cannot be carried back by a reversal', async () => {
  await deliver('g', 'L1', 3, 1000);
  await carry('carry:g', 'g', 'h', 3);
  await handOut('hand:h', 'h', 1);
  expect(await refusalOf(reverse('carry:g'))).toMatchObject({ code: 'spent', left: 2 });
  await reverse('hand:h');
  await reverse('carry:g');
  expect([await worth('g'), await worth('h')]).toEqual([1000, 0]);
});

test('a plain leg may not take goods and leave their value', async () => {
  await deliver('i', 'L1', 3, 1000);
  const legs = [credit(shelf('i', 'rice', 'L1'), 1), debit(handedOver('rice'), 1)];
  expect(await refusalOf(send({ key: 'leg:i', legs }))).toMatch('posting.valued-lot');
});

test('a value that is no whole number of fen is a fault of ours', async () => {
  expect(await refusalOf(deliver('j', 'L1', 3, 10.5))).toMatch('broken invariant');
});

test('points that come back after their last day are spent by their new one', async () => {
  const [past, next] = [localDate('2026-03-25'), localDate('2026-04-10')];
  const lots = [past, next].map((lastDay) => ({
    lot: points('h', lastDay),
    pool: points('h'),
    amount: 10,
    order: lastDay,
    lastDay,
    origin: `until-${lastDay}`,
  }));
  await send({ key: 'award', legs: [debit(issued('i'), 20)], lots });
  await send({ key: 'spend', draws: [{ from: points('h'), amount: 10, to: spent('s') }] });
  clock.set('2026-04-01T02:00:00Z');
  await reverse('spend', 30);
  const again = await send({ key: 'again', draws: [{ from: points('h'), amount: 'all', to: spent('s') }] });
  expect(again.drawn.map(({ origin, lastDay }) => [origin, lastDay])).toEqual([
    [`until-${next}`, next],
    [`until-${past}`, addDays(localDate('2026-04-01'), 30)],
  ]);
});
