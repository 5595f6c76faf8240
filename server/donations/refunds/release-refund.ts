import { recorded } from '../../audit';
import { restrictionPool } from '../../funds';
import type { Context } from '../../kernel/context';
import { type Posting, post } from '../../ledger';
import { change, unchanged } from '../../platform/mongo/document-writes';
import { findGiftById } from '../find-gifts';
import { isPast, movesOf } from '../free-of-gift';
import { Gift } from '../gift.model';
import { giftStates } from '../gift.states';
import { goneBack } from '../kept-fen';
import { bearOwnLosses } from '../own-loss';
import { pledgeTold } from '../pledges/tell-pledge';
import { Receipt } from '../receipts/receipt.model';
import { findValidReceipt, voidingAlong } from '../receipts/void-receipt';
import { GiftRefund } from './refund.model';
import { refundStates } from './refund.states';
import { refundPool, refundReleased } from './refunds.accounts';

/**
 * Puts the money back into the gift it was set apart from, because the refund was declined or could not be carried out. When it had been
 * through, a receipt of the rest says too little: the whole gift gets another. A gift whose money has gone back otherwise pays that first.
 */
export async function releaseRefund(ctx: Context, refund: GiftRefund, to: 'declined' | 'failed', refusal: string): Promise<void> {
  const gift = await findGiftById(ctx, refund.gift);
  const state = refundStates.enter(refund.state, to, ctx);
  const cameBack = refund.state.name === 'refunded';
  const receipt = await findValidReceipt(ctx, gift);
  const voiding = cameBack ? await voidingAlong(ctx, gift, { reason: refund.number ?? refund._id }) : undefined;
  const isOver = gift.state.name === 'refundAsked' || (cameBack && gift.state.name === 'refunded');
  await post(ctx, {
    ...backInto(ctx, refund, gift),
    kind: refundReleased,
    source: { type: 'giftRefund', id: refund._id },
    guards: [unchanged(GiftRefund, refund), unchanged(Gift, gift), ...(receipt ? [unchanged(Receipt, receipt)] : [])],
    writes: () => [
      change(GiftRefund, refund, { state, refusal, lots: [] }),
      change<Gift>(Gift, gift, {
        ...(cameBack && goneBack(gift, -refund.amountFen)),
        ...voiding?.gift,
        ...(isOver && { state: giftStates.enter(gift.state, receipt && !cameBack ? 'receipted' : 'received', ctx) }),
      }),
      ...(voiding?.writes ?? []),
      ...(cameBack ? pledgeTold(ctx, gift) : []),
      recorded(ctx, `refund.${to}`, { type: 'gift', id: gift._id }, { amountFen: refund.amountFen }),
    ],
  });
  await bearOwnLosses(ctx, gift._id);
}

/** Into the very lots it came from; what is past its last day goes beside them, where the trace of the gift still finds it. */
function backInto(ctx: Context, { _id, lots }: GiftRefund, gift: Gift): Pick<Posting, 'key' | 'reverses' | 'draws'> {
  const asked = `refund:${_id}:asked`;
  if (!isPast(ctx, lots)) return { key: `reversal:${asked}`, reverses: asked };
  return { key: `refund:${_id}:released`, draws: movesOf(ctx, refundPool(_id), lots, { pool: restrictionPool(gift.restriction) }) };
}
