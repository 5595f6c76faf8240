import { defineKind } from '../ledger';
import { bank, income, restriction } from './funds.accounts';

/** A certificate or filed plan was confirmed. A note, as its way before: no money moves. */
export const papersRecorded = defineKind({ name: 'fund.papersRecorded', by: ['fundManager'] });
export const papersNoted = defineKind({ name: 'fund.papersNoted', by: ['financeOfficer', 'fundManager'] });

/** Money that is no gift has come to the bank; its day may be an earlier one. */
export const incomeRecorded = defineKind({
  name: 'fund.incomeRecorded',
  accounts: [bank, income, restriction],
  backdated: true,
  by: ['financeOfficer'],
});

/** Money goes under another restriction with its giver's consent (FU3). */
export const purposeChanged = defineKind({ name: 'fund.purposeChanged', accounts: [restriction], by: ['fundManager'] });

// Notes of a change's way.
export const changeAsked = defineKind({ name: 'fund.changeAsked', by: ['financeOfficer'] });
export const changeDeclined = defineKind({ name: 'fund.changeDeclined', by: ['fundManager'] });
