import { bank, gift, restriction } from '../../funds';
import { defineAccounts, defineKind, defineSeries, type Series } from '../../ledger';
import type { CashCounter } from './cash-counter.model';

/** Money in hand at one counter, apart from the bank's: `cash:<counter id>`. Nobody can hand out more than lies there. */
export const cash = defineAccounts({ name: 'cash', unit: 'CNY', side: 'debit', floor: 0 });

/** Cash on its way to the bank, until its statement says that it came: `cashInTransit:<counter id>`. */
export const cashInTransit = defineAccounts({ name: 'cashInTransit', unit: 'CNY', side: 'debit', floor: 0 });

/** What counts have found too much (positive) or too little at one counter (待处理财产损溢). */
export const cashDifference = defineAccounts({ name: 'cashDifference', unit: 'CNY', side: 'credit', floor: 'none' });

const officers = ['financeOfficer'] as const;

/** A slip that two people have voided: its gift is taken back whole. */
export const giftVoided = defineKind({ name: 'gift.voided', accounts: [cash, gift, restriction], by: officers });
/** What a count found too much or too little. */
export const cashDiffered = defineKind({ name: 'cash.differed', accounts: [cash, cashDifference], by: officers });
export const cashDeposited = defineKind({ name: 'cash.deposited', accounts: [cash, cashInTransit], by: officers });
/** The bank's statement has the deposit; its day may be an earlier one. */
export const depositArrived = defineKind({
  name: 'cash.arrived',
  accounts: [cashInTransit, bank],
  backdated: true,
  by: ['financeOfficer', 'system'],
});

// Notes: nothing moves.
export const counterOpened = defineKind({ name: 'cash.counterOpened', by: ['fundManager', 'system'] });
export const slipNoted = defineKind({ name: 'cash.slipNoted', by: officers });
export const counterDayNoted = defineKind({ name: 'cash.dayNoted', by: officers });

/** The numbers of a counter's slips, anew each year and without a gap, since each is allotted in the commit of its gift: `XJA-2026-000001`. */
export function slipsOf({ _id, code }: Pick<CashCounter, '_id' | 'code'>): Series {
  return defineSeries({ name: `cash-${_id}`, prefix: code });
}
