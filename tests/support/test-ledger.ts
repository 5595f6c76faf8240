import type { Clock } from '../../server/kernel/clock';
import { systemRandom } from '../../server/kernel/random';
import { closeLedger, openLedger } from '../../server/ledger';
import { useTestDatabase } from './test-database';

/** Opens a ledger in a database of the test file's own, and closes it before the database goes. */
export function useTestLedger(ledger: string, clock: Clock): void {
  afterAll(() => closeLedger(ledger)); // hooks of one kind run in the order they were made: close first, drop then
  useTestDatabase();
  beforeAll(() => openLedger({ ledger, clock, random: systemRandom }));
}
