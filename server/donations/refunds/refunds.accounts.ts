import { bank, provider, restriction } from '../../funds';
import { defineKind, definePools, defineSeries } from '../../ledger';
import { gift } from '../donations.accounts';
import { uncovered } from '../provider-money/provider-money.accounts';

/** Money of a gift that is to go back to its payer: `refund:<refund id>`. Its lots keep the gift they come from. */
export const refundPool = definePools({ name: 'refund', unit: 'CNY', side: 'credit' });

/** Our own number of a refund: `R-2026-000001`. */
export const refundNumbers = defineSeries({ name: 'refund', prefix: 'R' });

const people = ['financeOfficer', 'fundManager', 'system'] as const;

/** Set apart for the payer; put back into the gift. */
export const refundAsked = defineKind({ name: 'refund.asked', accounts: [gift, restriction, refundPool], by: people });
export const refundReleased = defineKind({ name: 'refund.released', accounts: [gift, restriction, refundPool], by: people });

/** The money has gone back to the payer. */
export const giftRefunded = defineKind({
  name: 'gift.refunded',
  accounts: [refundPool, provider, bank, gift, restriction, uncovered],
  by: people,
});
/** It came back: the payer could not be reached. */
export const refundCameBack = defineKind({
  name: 'refund.cameBack',
  accounts: [refundPool, provider, bank, gift, restriction, uncovered],
  by: people,
});

/** Approved, or how it goes on. Notes. */
export const refundApproved = defineKind({ name: 'refund.approved', by: ['fundManager', 'system'] });
export const refundNoted = defineKind({ name: 'refund.noted', by: people });
