import { aidTruths } from './aid';
import type { Truth } from './kernel/truths';
import { ledgerTruths } from './ledger';
import { paymentsAreSingle } from './payments';

/** The invariants of all rooms, for the daily check and the end of the tests. */
export const truths: readonly Truth[] = [...ledgerTruths, paymentsAreSingle, ...aidTruths];
