import { type StateOf, stateTable } from '../../kernel/state-table';

/**
 * A refund's way: one person asks, another approves; the provider or the bank carries it out. `refunded` may fail later, when the payer's
 * bank sends the money back.
 */
export const refundStates = stateTable({
  asked: ['approved', 'declined'],
  approved: ['sent', 'refunded', 'failed'],
  sent: ['refunded', 'failed'],
  refunded: ['failed'],
  declined: [],
  failed: [],
});

export type RefundState = StateOf<typeof refundStates>;

/** The states in which the money lies apart for the payer. */
export const openRefundStates = ['asked', 'approved', 'sent'] as const satisfies readonly RefundState[];
