import { provider, restriction } from '../../funds';
import { defineKind, definePools } from '../../ledger';
import { gift } from '../donations.accounts';
import { uncovered } from '../provider-money/provider-money.accounts';

/** What a disputed gift had free, until the payer's bank has decided: `disputed:<dispute id>`. */
export const disputedPool = definePools({ name: 'disputed', unit: 'CNY', side: 'credit' });

const machine = ['system'] as const;

export const disputeHeld = defineKind({ name: 'dispute.held', accounts: [gift, restriction, disputedPool], by: machine });
export const disputeReleased = defineKind({ name: 'dispute.released', accounts: [gift, restriction, disputedPool], by: machine });
/** The provider has taken the money back for the payer, or given it back to us. */
export const giftDisputed = defineKind({
  name: 'gift.disputed',
  accounts: [disputedPool, provider, uncovered, gift, restriction],
  by: machine,
});
export const giftReinstated = defineKind({
  name: 'gift.reinstated',
  accounts: [disputedPool, provider, uncovered, gift, restriction],
  by: machine,
});
/** Note: how it goes on. */
export const disputeNoted = defineKind({ name: 'dispute.noted', by: machine });
