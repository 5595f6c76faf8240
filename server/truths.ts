import { aidTruths } from './aid';
import { donationsTruths } from './donations';
import type { Truth } from './kernel/truths';
import { ledgerTruths } from './ledger';
import { paymentsAreSingle } from './payments';
import { pointsTruths } from './points';
import { reconciliationTruths } from './reconciliation';
import { supermarketTruths } from './supermarket';

/** The invariants of all rooms, for the daily check and the end of the tests. */
export const truths: readonly Truth[] = [
  ...ledgerTruths,
  ...donationsTruths,
  ...pointsTruths,
  ...supermarketTruths,
  paymentsAreSingle,
  ...aidTruths,
  ...reconciliationTruths,
];
