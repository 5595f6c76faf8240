import { SteppedClock } from '../../server/kernel/clock';
import { addDays, localDate } from '../../server/kernel/local-date';
import { debit, ledgerTruths, type Posting, post } from '../../server/ledger';
import { heads } from '../../server/ledger/collections';
import { anyKind, issued, points, source, spent, testContext } from '../ledger/test-chart';
import { refusalOf } from '../support/ledger-refusal';
import { useTestLedger } from '../support/test-ledger';

const clock = new SteppedClock('2026-03-20T02:00:00Z');
const ctx = testContext('large', clock);
useTestLedger('large', clock);

const today = localDate('2026-03-20');
const [pastLots, allLots, perPosting] = [2000, 500_000, 200];
const pool = points('all');
const nameOf = (n: number) => String(n).padStart(6, '0');
const send = (posting: Omit<Posting, 'kind' | 'source'>) => post(ctx, { kind: anyKind, source, ...posting });
const spend = (key: string, amount: number | 'all') => send({ key, draws: [{ from: pool, amount, to: spent('s') }] });

function award(first: number): Promise<unknown> {
  const lots = Array.from({ length: perPosting }, (_, n) => {
    const name = nameOf(first + n);
    const lastDay = first + n < pastLots ? today : addDays(today, 100);
    return { lot: points('all', name), pool, amount: 1, order: name, origin: name, lastDay };
  });
  return send({ key: `award:${first}`, legs: [debit(issued('i'), perPosting)], lots });
}

test('a pool of 500,000 open lots gives the first ones that are not past, and tells what it has', async () => {
  for (let first = 0; first < allLots; first += perPosting * 4) {
    await Promise.all([0, 1, 2, 3].map((n) => award(first + n * perPosting)));
  }
  await heads().updateOne({ _id: 'large' }, { $inc: { rev: 1 } }); // as if another process had committed
  clock.advance(86_400_000);
  const draws = await Promise.all(Array.from({ length: 30 }, (_, n) => spend(`draw:${n}`, 150)));
  const origins = draws.sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0)).flatMap(({ drawn }) => drawn.map(({ origin }) => origin));
  expect(origins).toEqual(Array.from({ length: 30 * 150 }, (_, n) => nameOf(pastLots + n)));
  expect(await refusalOf(spend('all', 'all'))).toMatchObject({ code: 'tooManyLots' });
  expect(await refusalOf(spend('more', 201))).toMatchObject({ code: 'tooManyLots' });
  for (const truth of ledgerTruths) expect(await truth.check(ctx)).toEqual([]);
});
