import { connection } from 'mongoose';
import { SteppedClock } from '../../server/kernel/clock';
import { localDate } from '../../server/kernel/local-date';
import { systemRandom } from '../../server/kernel/random';
import { balanceOf, closeLedger, credit, debit, lastSeqOf, openLedger, type Posting, post } from '../../server/ledger';
import { days, entries, writers } from '../../server/ledger/collections';
import { faultsOfBooks } from '../support/ledger-book-checks';
import { refusalOf } from '../support/ledger-refusal';
import { useTestLedger } from '../support/test-ledger';
import { anyKind, bank, issued, noteKind, points, purse, slips, source, testContext } from './test-chart';

const clock = new SteppedClock('2026-03-20T02:00:00Z');
const ctx = testContext('commit', clock);
useTestLedger('commit', clock);

const claims = 'commit-claims';
const send = (posting: Partial<Posting> & { key: string }) => post(ctx, { kind: anyKind, source, ...posting });
const move = (key: string, more: Partial<Posting> = {}) => send({ key, legs: [debit(bank('m'), 1), credit(purse('p'), 1)], ...more });
const claim = (id: string) => ({ insert: claims, document: { _id: id, ledger: 'commit', version: 1 } });
const foreignClaim = (id: string, ledger = 'commit') =>
  connection.collection<{ _id: string; ledger: string; version: number }>(claims).insertOne({ _id: id, ledger, version: 1 });
function award(household: string, count: number): Partial<Posting> & { key: string } {
  const lots = Array.from({ length: count }, (_, n) => ({
    lot: points(household, `l${n}`),
    pool: points(household),
    amount: 1,
    order: '',
    origin: `l${n}`,
  }));
  return { key: `award:${household}`, legs: [debit(issued('i'), count)], lots };
}

describe('a commit', () => {
  test('leaves what does not fit to the next one, in order, and refuses what no commit could hold', async () => {
    const sizes = [300, 300, 1200, 300, 300, 1, 300, 300];
    const answers = await Promise.all(sizes.map((count, n) => refusalOf(send(award(`full${n}`, count)))));
    expect(answers).toEqual(sizes.map((count) => (count > 1000 ? expect.objectContaining({ code: 'tooLarge' }) : 'posted')));
    const book = await entries()
      .find({ ledger: 'commit', _id: /award:full/ }, { sort: { seq: 1 } })
      .toArray();
    expect(book.map(({ _id }) => _id)).toEqual([0, 1, 3, 4, 5, 6, 7].map((n) => `commit/award:full${n}`));
  });

  test('lets people go before jobs, of which it takes a hundred at most', async () => {
    const jobs = Array.from({ length: 220 }, (_, n) => move(`job:${n}`, { bulk: true }));
    const people = Array.from({ length: 50 }, (_, n) => move(`person:${n}`));
    const [late, first] = await Promise.all([Promise.all(jobs), Promise.all(people)]);
    const lastPerson = Math.max(...first.map(({ seq }) => seq ?? 0));
    expect(late.filter(({ seq }) => (seq ?? 0) > lastPerson).length).toBeGreaterThanOrEqual(119);
    const atOnce = new Map<string, number>();
    for (const { recordedAt } of late) atOnce.set(recordedAt, (atOnce.get(recordedAt) ?? 0) + 1);
    expect(Math.max(...atOnce.values())).toBeLessThanOrEqual(100);
  });

  test.each`
    ids                   | foreign               | why
    ${['a1', 'a2', 'a3']} | ${['a2']}             | ${'one among three'}
    ${['b1']}             | ${['b1']}             | ${'one alone'}
    ${['c1', 'c2', 'c3']} | ${['c1', 'c2', 'c3']} | ${'all of them'}
    ${['d1', 'd1', 'd2']} | ${[]}                 | ${'taken by the posting before it'}
  `('refuses alone what wants an id that a foreign write has taken: $why', async ({ ids, foreign, why }) => {
    for (const id of foreign as string[]) await foreignClaim(id);
    const postings = (ids as string[]).map((id, n) => ({ id, key: `${why}:${n}`.replaceAll(' ', '-') }));
    const answers = await Promise.all([
      ...postings.map(({ id, key }) => refusalOf(move(key, { numbers: [slips], writes: () => [claim(id)] }))),
      refusalOf(move(`beside:${ids[0]}`)),
    ]);
    const seen = new Set<string>(foreign as string[]);
    const expected = (ids as string[]).map((id) => {
      const isTaken = seen.has(id);
      seen.add(id);
      return isTaken ? { code: 'exists', refusal: 'exists', collection: claims, id, asOf: expect.any(Number) } : 'posted';
    });
    expect(answers).toEqual([...expected, 'posted']);
    for (const answer of answers) if (typeof answer === 'object') expect((answer as { asOf: number }).asOf).toBeGreaterThan(0);
  });

  test('takes an id that is free in this county and taken in another for taken', async () => {
    await foreignClaim('shared', 'elsewhere');
    expect(await refusalOf(move('shared', { writes: () => [claim('shared')] }))).toMatchObject({ code: 'exists', id: 'shared' });
  });

  test('gives a fault of one posting to that one alone', async () => {
    const faulty = move('faulty', {
      guards: [{ in: claims, id: 'a1', is: 1 }],
      writes: () => [{ update: claims, id: 'a1', set: { $bad: 1 } }],
    });
    const answers = await Promise.all([refusalOf(move('good:1')), refusalOf(faulty), refusalOf(move('good:2')), refusalOf(move('good:3'))]);
    expect(answers).toEqual(['posted', expect.stringMatching(/^Mongo.*Error/), 'posted', 'posted']);
    expect(await entries().countDocuments({ _id: 'commit/faulty' })).toBe(0);
  });

  test('writes documents after one another, each from the version before', async () => {
    const [first, second] = await Promise.all([
      refusalOf(move('w:1', { guards: [{ in: claims, id: 'w', is: 'absent' }], writes: () => [claim('w')] })),
      refusalOf(move('w:2', { guards: [{ in: claims, id: 'w', is: 'absent' }], writes: () => [claim('w')] })),
    ]);
    expect([first, second]).toMatchObject(['posted', { code: 'exists', collection: claims, id: 'w' }]);
    const change = (key: string, is: number) =>
      refusalOf(move(key, { guards: [{ in: claims, id: 'w', is }], writes: ({ seq }) => [{ update: claims, id: 'w', set: { seq } }] }));
    expect(await Promise.all([change('w:3', 1), change('w:4', 2), change('w:5', 2)])).toMatchObject([
      'posted',
      'posted',
      { code: 'stale' },
    ]);
  });
});

describe('days', () => {
  test('end with the number of their last entry, also when nothing moved for days, or only notes', async () => {
    clock.set('2026-04-01T02:00:00Z');
    const wednesday = await move('day:1');
    clock.set('2026-04-02T02:00:00Z');
    await send({ key: 'day:note', kind: noteKind, facts: { a: 1 } });
    clock.set('2026-04-05T15:59:59Z'); // one second before midnight in Shanghai
    const sunday = await move('day:2');
    clock.set('2026-04-05T16:00:01Z');
    const monday = await move('day:3');
    const ends = ['2026-04-01', '2026-04-02', '2026-04-04', '2026-04-05', '2026-04-06'].map((day) => lastSeqOf(ctx, localDate(day)));
    expect(await Promise.all(ends)).toEqual([wednesday.seq, wednesday.seq, wednesday.seq, sunday.seq, monday.seq]);
    expect(await days().countDocuments({ ledger: 'commit', day: localDate('2026-04-05') })).toBe(1);
  });

  test('never go back: when the clock does, the book stays on its day', async () => {
    const before = await move('back:1');
    clock.set('2026-03-01T02:00:00Z');
    const after = await move('back:2');
    expect(after.recordedAt > before.recordedAt).toBe(true);
    expect(after.effectiveOn).toBe(before.effectiveOn);
    clock.set('2026-05-01T02:00:00Z');
  });
});

describe('two counties in one database', () => {
  const other = testContext('other', clock);
  beforeAll(() => openLedger({ ledger: 'other', clock, random: systemRandom }));
  afterAll(() => closeLedger('other'));

  test('use the same keys, accounts, pools and numbers without a sign of each other', async () => {
    const before = await balanceOf(ctx, purse('p'));
    const posting = { key: 'day:1', kind: anyKind, source, numbers: [slips], legs: [debit(bank('m'), 7), credit(purse('p'), 7)] };
    expect(await post(other, posting)).toMatchObject({ seq: 1, replayed: false, numbers: { 'test-slip': 'S-2026-000001' } });
    expect([await balanceOf(ctx, purse('p')), await balanceOf(other, purse('p'))]).toEqual([before, 7]);
    await post(other, { ...award('full0', 1), kind: anyKind, source });
    expect(await faultsOfBooks('other')).toEqual([]);
  });
});

test('a key that was answered late is told so, and one that was posted is told that', async () => {
  const past = new Date(clock.now().getTime() - 60_000);
  expect(await refusalOf(move('late', { notAfter: past }))).toMatchObject({ code: 'late' });
  const posted = await move('in-time');
  expect(await move('in-time', { notAfter: past })).toEqual({ ...posted, replayed: true });
});

test('a ledger that is closed has said good-bye, and its callers hear that the outcome is unknown', async () => {
  await openLedger({ ledger: 'short', clock, random: systemRandom });
  const short = testContext('short', clock);
  const pending = Array.from({ length: 20 }, (_, n) => post(short, { key: `k${n}`, kind: noteKind, source }));
  await closeLedger('short');
  expect((await Promise.all(pending)).every(({ seq }) => seq === null)).toBe(true);
  expect(await writers().countDocuments({ ledger: 'short' })).toBe(0);
  await expect(post(short, { key: 'after', kind: noteKind, source })).rejects.toThrow('ledger.open');
});

test('numbers have no gap, though many who wanted one were refused after it was theirs', async () => {
  const numbered = await entries()
    .find({ ledger: 'commit', numbers: { $exists: true } }, { sort: { seq: 1 } })
    .toArray();
  const numbers = numbered.map(({ numbers: own }) => own?.['test-slip']);
  expect(numbers.length).toBeGreaterThan(3);
  expect(numbers).toEqual(numbers.map((_, place) => `S-2026-${String(place + 1).padStart(6, '0')}`));
});

test('and the books are sound after all of this', async () => {
  expect(await faultsOfBooks('commit')).toEqual([]);
});
