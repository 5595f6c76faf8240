import type { Context } from '../../kernel/context';
import { type DocumentGuard, unchanged } from '../../platform/mongo/document-writes';
import type { Gift } from '../gift.model';
import { type GiftState, giftStates } from '../gift.states';
import { keptFen } from '../kept-fen';
import { Receipt } from '../receipts/receipt.model';
import { findValidReceipt } from '../receipts/void-receipt';
import { isRefundOpen } from '../refunds/find-refunds';
import type { GiftDispute } from './dispute.model';
import { findDisputesOf, isUndecided } from './find-disputes';

/** What a gift becomes by the end of a dispute, and what that relies on beside the gift. */
export interface GiftAfter {
  guards: readonly DocumentGuard[];
  fields: Partial<Pick<Gift, 'state'>>;
}

/**
 * The gift when a dispute about it has ended: disputed as long as another one is undecided, else by what is left of it, by a refund that is
 * under way, and by whether its receipt still counts (it may have been voided meanwhile).
 */
export async function giftAfterDispute(ctx: Context, gift: Gift, ended: GiftDispute, end: 'won' | 'lost'): Promise<GiftAfter> {
  const others = (await findDisputesOf(ctx, gift._id)).filter(({ _id }) => _id !== ended._id);
  const isOver = gift.state.name === 'disputed' || gift.state.name === 'chargedBack';
  if (!isOver || others.some(isUndecided)) return { guards: [], fields: {} };
  const receipt = await findValidReceipt(ctx, gift);
  const hasLost = end === 'lost' || others.some(({ state }) => state.name === 'lost');
  const isAsked = await isRefundOpen(ctx, gift._id);
  const to = stateOf({ isGone: keptFen(gift) <= 0, hasLost, isAsked, isReceipted: receipt !== undefined });
  return {
    guards: receipt ? [unchanged(Receipt, receipt)] : [],
    fields: giftStates.next(gift.state.name).includes(to) ? { state: giftStates.enter(gift.state, to, ctx) } : {},
  };
}

function stateOf(now: { isGone: boolean; hasLost: boolean; isAsked: boolean; isReceipted: boolean }): GiftState {
  if (now.isGone) return now.hasLost ? 'chargedBack' : 'refunded';
  if (now.isAsked) return 'refundAsked';
  return now.isReceipted ? 'receipted' : 'received';
}
