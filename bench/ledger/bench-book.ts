import { connection } from 'mongoose';
import { systemClock } from '../../server/kernel/clock';
import { systemRandom } from '../../server/kernel/random';
import { type AccountCode, closeLedger, credit, debit, openLedger, post } from '../../server/ledger';
import type { Redis } from '../../server/platform/redis/connection';
import { context, fund, ledgerName, opening, outside, purse } from './bench-chart';

/** What each account starts with: far more than a bench moves, so that no floor is met by accident. */
export const openingBalance = 1_000_000_00;

const accountsPerEntry = 200;

/** Opens an empty book with funded accounts: `purses` of them, and one fund from which all may be paid. */
export async function openBenchBook(purses: number): Promise<void> {
  await connection.dropDatabase();
  await openLedger({ ledger: ledgerName, clock: systemClock, random: systemRandom });
  const codes = Array.from({ length: purses }, (_, n) => purse(String(n)));
  for (let first = 0; first < codes.length; first += accountsPerEntry) {
    await endow(`opening:${first}`, codes.slice(first, first + accountsPerEntry), openingBalance);
  }
  await endow('opening:fund', [fund('county')], openingBalance * 1000);
}

async function endow(key: string, codes: readonly AccountCode[], amount: number): Promise<void> {
  const legs = [debit(outside('world'), amount * codes.length), ...codes.map((code) => credit(code, amount))];
  await post(context, { key, kind: opening, source: { type: 'bench', id: 'opening' }, legs });
}

/** Opens the same book anew in this process, with or without turns by Redis. */
export async function reopenBenchBook(redis: Redis | undefined): Promise<void> {
  await closeLedger(ledgerName);
  await openLedger({ ledger: ledgerName, clock: systemClock, random: systemRandom, ...(redis ? { redis } : {}) });
}

export async function closeBenchBook(): Promise<void> {
  await closeLedger(ledgerName);
}

/** The accounts of the n-th posting: spread over all of them, never twice the same. */
export function pairOf(n: number, purses: number): [from: number, to: number] {
  const from = (n * 7919) % purses;
  return [from, (from + 1 + ((n * 104_729) % (purses - 1))) % purses];
}

export function amountOf(n: number): number {
  return 1 + ((n * 31) % 500_00);
}
