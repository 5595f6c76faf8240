import type { Truth } from './kernel/truths';
import { ledgerTruths } from './ledger';

/** The invariants of all rooms, for the daily check and the end of the tests. */
export const truths: readonly Truth[] = [...ledgerTruths];
