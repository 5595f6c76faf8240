import { systemClock } from '../../server/kernel/clock';
import { systemRandom } from '../../server/kernel/random';
import { balanceOf, closeLedger, credit, debit, openLedger, post } from '../../server/ledger';
import { entries } from '../../server/ledger/collections';
import { faultsOfBooks } from '../support/ledger-book-checks';
import { type ChildAnswer, startLedgerChild } from '../support/ledger-child';
import { refusalOf } from '../support/ledger-refusal';
import { testMongoUri, testRedisUrl, useTestDatabase } from '../support/test-database';
import { anyKind, bank, giftPool, purse, source, testContext } from './test-chart';

jest.setTimeout(60_000);
const ledger = 'parallel';
const ctx = testContext(ledger);
afterAll(() => closeLedger(ledger)); // before the database goes: hooks run in the order they were made
const database = useTestDatabase();
beforeAll(() => openLedger({ ledger, clock: systemClock, random: systemRandom }));

const fill = (code: string, amount: number) =>
  post(ctx, { key: `fill:${code}`, kind: anyKind, source, legs: [debit(bank('m'), amount), credit(code, amount)] });
const spending = (key: string, code: string, amount: number) => ({ key, source, legs: [debit(code, amount), credit(bank('m'), amount)] });

test.each`
  balance | amount | callers
  ${500}  | ${7}   | ${200}
  ${200}  | ${1}   | ${200}
  ${6}    | ${7}   | ${50}
`('of $callers who each want $amount of $balance, as many succeed as it has room for', async ({ balance, amount, callers }) => {
  const code = purse(`one-${balance}`);
  await fill(code, balance);
  const answers = await Promise.all(
    Array.from({ length: callers }, (_, n) => refusalOf(post(ctx, { kind: anyKind, ...spending(`one:${balance}:${n}`, code, amount) }))),
  );
  const room = Math.floor(balance / amount);
  expect(answers.filter((answer) => answer === 'posted')).toHaveLength(room);
  const left = balance - room * amount;
  for (const answer of answers) if (answer !== 'posted') expect(answer).toMatchObject({ code: 'floor', asked: amount });
  expect(await balanceOf(ctx, code)).toBe(left);
});

test('when half of what comes at once is there twice, each has its effect once', async () => {
  await fill(purse('two'), 1000);
  const keys = Array.from({ length: 200 }, (_, n) => `two:${Math.floor(n / 2)}`).sort((a, b) => (hash(a) < hash(b) ? -1 : 1));
  const answers = await Promise.all(keys.map((key) => post(ctx, { kind: anyKind, ...spending(key, purse('two'), 1) })));
  expect(answers.filter(({ replayed }) => replayed)).toHaveLength(100);
  expect(new Set(answers.map(({ seq }) => seq)).size).toBe(100);
  expect(await balanceOf(ctx, purse('two'))).toBe(900);
});

test('three processes that spend one balance and draw from one pool never take more than there is, nor out of order', async () => {
  await fill(purse('three'), 250);
  const lots = Array.from({ length: 60 }, (_, n) => {
    const name = String(n).padStart(3, '0');
    return { lot: `${giftPool('three')}:${name}`, pool: giftPool('three'), amount: 3, order: name, origin: name };
  });
  await post(ctx, { key: 'three:pool', kind: anyKind, source, legs: [debit(bank('m'), 180)], lots });
  const children = await Promise.all(
    [1, 2].map(() => startLedgerChild({ mongoUri: testMongoUri(database), redisUrl: testRedisUrl(), ledger })),
  );
  // Each process has keys of its own and keys that another process has, too.
  const postingsOf = (process: number) => [
    ...Array.from({ length: 100 }, (_, n) => spending(`three:${process}:${n}`, purse('three'), 1)),
    ...Array.from({ length: 40 }, (_, n) => spending(`three:shared:${n}`, purse('three'), 1)),
    ...Array.from({ length: 30 }, (_, n) => ({
      key: `three:${process}:draw:${n}`,
      source,
      draws: [{ from: giftPool('three'), amount: 4, to: purse('out') }],
    })),
  ];
  const mine = Promise.all(
    postingsOf(0).map((posting) =>
      post(ctx, { kind: anyKind, ...posting }).then(
        ({ key, seq, replayed, drawn }): ChildAnswer => ({ key, seq, replayed, drawn }),
        (): ChildAnswer => ({ key: posting.key, refused: 'yes' }),
      ),
    ),
  );
  const answers = (await Promise.all([mine, ...children.map((child, n) => child.post(postingsOf(n + 1)))])).flat();
  await Promise.all(children.map((child) => child.end()));

  const posted = answers.filter((answer) => !answer.refused && !answer.replayed);
  expect(posted.filter(({ key }) => !key.includes('draw'))).toHaveLength(250);
  expect(new Set(posted.map(({ key }) => key)).size).toBe(posted.length);
  expect(await balanceOf(ctx, purse('three'))).toBe(0);
  const parts = posted.sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0)).flatMap(({ drawn = [] }) => drawn);
  expect(parts.flatMap(({ origin, amount }) => Array.from({ length: amount }, () => origin))).toEqual(
    lots.flatMap(({ origin }) => [origin, origin, origin]),
  );
});

test('two processes that post in turn each see what the other did, in accounts, pools and lots', async () => {
  const child = await startLedgerChild({ mongoUri: testMongoUri(database), redisUrl: testRedisUrl(), ledger });
  const postings = Array.from({ length: 40 }, (_, n) => {
    const lot = { lot: `${giftPool('turns')}:${n}`, pool: giftPool('turns'), amount: 3, order: String(n).padStart(3, '0'), origin: `${n}` };
    return n % 3 === 2
      ? { key: `turn:${n}`, source, draws: [{ from: giftPool('turns'), amount: 4, to: purse('turns') }] }
      : { key: `turn:${n}`, source, legs: [debit(bank('turns'), 3)], lots: [lot] };
  });
  // Mine, theirs, theirs, mine: whoever comes second in a pair has something in memory that is out of date.
  for (const [n, posting] of postings.entries()) {
    if (n % 4 === 0 || n % 4 === 3) await post(ctx, { kind: anyKind, ...posting });
    else expect((await child.post([posting]))[0]).toMatchObject({ key: posting.key, replayed: false });
  }
  await child.end();
  expect(await balanceOf(ctx, purse('turns'))).toBe(13 * 4);
  expect(await faultsOfBooks(ledger)).toEqual([]);
});

test('processes whose clocks are seconds apart write one order of times, and nobody is refused for it', async () => {
  const child = await startLedgerChild({ mongoUri: testMongoUri(database), redisUrl: testRedisUrl(), ledger, aheadMs: 4000 });
  const gift = (n: number) => ({ key: `skewed:${n}`, source, legs: [debit(bank('skewed'), 1), credit(purse('skewed'), 1)] });
  for (let n = 0; n < 10; n += 2) {
    await child.post([gift(n)]);
    const notAfter = new Date(systemClock.now().getTime() + 10_000); // what a request of the slower clock is given
    await post(ctx, { ...gift(n + 1), kind: anyKind, notAfter });
  }
  await child.end();
  const book = await entries()
    .find({ ledger, _id: /skewed/ }, { sort: { seq: 1 } })
    .toArray();
  expect(book.map(({ _id }) => Number(_id.split(':')[1]))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const times = book.map(({ recordedAt }) => recordedAt);
  expect(times).toEqual([...new Set(times)].sort());
});

test('and the books are sound after all of this', async () => {
  expect(await faultsOfBooks(ledger)).toEqual([]);
});

/** Some order that is not the one they were made in. */
function hash(text: string): number {
  return [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 997, 7);
}
