import { systemClock } from '../../server/kernel/clock';
import { systemRandom } from '../../server/kernel/random';
import { balanceOf, closeLedger, credit, debit, openLedger, post } from '../../server/ledger';
import { anyKind, bank, purse, source, testContext } from '../ledger/test-chart';
import { faultsOfBooks } from '../support/ledger-book-checks';
import { startLedgerChild } from '../support/ledger-child';
import { refusalOf } from '../support/ledger-refusal';
import { testMongoUri, testRedisUrl, useTestDatabase } from '../support/test-database';

const ledger = 'rounds';
const ctx = testContext(ledger);
afterAll(() => closeLedger(ledger)); // before the database goes: hooks run in the order they were made
const database = useTestDatabase();
beforeAll(() => openLedger({ ledger, clock: systemClock, random: systemRandom }));

test('in 1,000 rounds of 30 parallel spends, from two processes, no balance is ever overdrawn or left over', async () => {
  const child = await startLedgerChild({ mongoUri: testMongoUri(database), redisUrl: testRedisUrl(), ledger });
  const wrong: string[] = [];
  for (let round = 0; round < 1000; round++) {
    const code = purse(`round-${round}`);
    const [balance, amount] = [(round % 29) * 3 + (round % 3), 3];
    const room = Math.min(30, Math.floor(balance / amount));
    if (balance > 0) {
      await post(ctx, { key: `fill:${round}`, kind: anyKind, source, legs: [debit(bank('m'), balance), credit(code, balance)] });
    }
    const postings = Array.from({ length: 30 }, (_, n) => ({
      key: `spend:${round}:${n}`,
      source,
      legs: [debit(code, amount), credit(bank('m'), amount)],
    }));
    const [mine, theirs] = await Promise.all([
      Promise.all(postings.slice(0, 15).map((posting) => refusalOf(post(ctx, { kind: anyKind, ...posting })))),
      child.post(postings.slice(15)),
    ]);
    const spent = mine.filter((answer) => answer === 'posted').length + theirs.filter(({ refused }) => !refused).length;
    if (spent !== room) wrong.push(`round ${round}: ${spent} of ${room}`);
    if ((await balanceOf(ctx, code)) !== balance - room * amount) wrong.push(`round ${round}: balance ${await balanceOf(ctx, code)}`);
  }
  await child.end();
  expect(wrong).toEqual([]);
  expect(await faultsOfBooks(ledger)).toEqual([]);
});
