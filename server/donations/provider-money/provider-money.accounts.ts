import { bank, provider, restriction } from '../../funds';
import { defineAccounts, defineKind } from '../../ledger';
import { gift } from '../donations.accounts';

/**
 * Fees, and losses by disputes and refunds that nobody here asked for, until `operating` has paid them: `uncovered:fee`,
 * `uncovered:<dispute or refund id>`. While something stands here, gifts are whole and the money behind them is short by so much.
 */
export const uncovered = defineAccounts({ name: 'uncovered', unit: 'CNY', side: 'debit', floor: 0 });
export const uncoveredFees = uncovered('fee');

/** Differences between yuan as paid and as changed into the currency of the provider's balance (DO4); either sign. */
const exchange = defineAccounts({ name: 'exchange', unit: 'CNY', side: 'debit', floor: 'none' });
export const providerExchange = exchange('stripe');

const machine = ['system'] as const;

/** The provider has kept a fee. From the gift only where the county has set it so (`fee.fromGift`). */
export const giftFeePaid = defineKind({
  name: 'gift.feePaid',
  accounts: [uncovered, exchange, provider, gift, restriction],
  backdated: true,
  by: machine,
});

/** Money of the purpose `operating` pays fees, and losses. */
export const operatingPaidFee = defineKind({ name: 'operating.paidFee', accounts: [uncovered, restriction, gift], by: machine });
export const operatingPaidLoss = defineKind({ name: 'operating.paidLoss', accounts: [uncovered, restriction, gift], by: machine });
/** What operating had paid for a loss comes back to it, because the money has come back. */
export const operatingGotBack = defineKind({ name: 'operating.gotBack', accounts: [uncovered, restriction, gift], by: machine });

/** The provider has paid out to the bank; or the bank has sent it back. */
export const payoutArrived = defineKind({ name: 'payout.arrived', accounts: [bank, provider, exchange], backdated: true, by: machine });
export const payoutFailed = defineKind({ name: 'payout.failed', accounts: [bank, provider, exchange], by: machine });

// Notes.
export const payoutNoted = defineKind({ name: 'payout.noted', by: machine });
export const matterNoted = defineKind({ name: 'matter.noted', by: ['financeOfficer', 'fundManager', 'system'] });
