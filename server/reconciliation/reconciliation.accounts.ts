import { uncovered } from '../donations';
import { bank } from '../funds';
import { defineKind } from '../ledger';

/** The charity's bank has kept a fee; running costs pay it (DO4). */
export const bankFeePaid = defineKind({
  name: 'bank.feePaid',
  accounts: [uncovered, bank],
  backdated: true,
  by: ['financeOfficer'],
});
