import { recorded } from '../../audit';
import { provenUnlessSigned, proveSignature } from '../../identity';
import type { Context } from '../../kernel/context';
import { AppError, fail } from '../../kernel/errors';
import { post } from '../../ledger';
import { change, unchanged } from '../../platform/mongo/document-writes';
import { findGiftById } from '../find-gifts';
import { Gift } from '../gift.model';
import type { Giving } from '../giving';
import { voidingAlong } from '../receipts/void-receipt';
import { findRefundOrThrow } from './find-refunds';
import { GiftRefund } from './refund.model';
import { refundStates } from './refund.states';
import { refundApproved } from './refunds.accounts';
import type { ApproveRefundInput, DeclineRefundInput } from './refunds.inputs';
import { releaseRefund } from './release-refund';
import { sendRefund } from './send-refund';

/**
 * Approves a refund with a signature: never the one who asked. The key for the provider is kept in the same commit; then the provider is
 * asked at once, and by the sweep when it does not answer. The gift's receipt is voided with it. @throws `rule.same-person`, `state.not-allowed`, `input.invalid` at `code`.
 */
export async function approveRefund(ctx: Context, giving: Giving | undefined, { id, code }: ApproveRefundInput): Promise<GiftRefund> {
  const refund = await findRefundOrThrow(ctx, id);
  if (refund.approvedBy === ctx.actor.id) return refund; // a second click
  if (refund.askedBy === ctx.actor.id) fail('rule.same-person', { number: refund.number ?? '' });
  const state = refundStates.enter(refund.state, 'approved', ctx);
  const isApproved = async () => (await findRefundOrThrow(ctx, id)).approvedBy === ctx.actor.id;
  const proof = await provenUnlessSigned(() => proveSignature(ctx, code), isApproved);
  if (proof) {
    const gift = await findGiftById(ctx, refund.gift);
    const voiding = await voidingAlong(ctx, gift, { askedBy: refund.askedBy, reason: refund.number ?? refund._id });
    await post(ctx, {
      key: `refund:${id}:approved:${ctx.actor.id}`,
      kind: refundApproved,
      source: { type: 'giftRefund', id },
      guards: [unchanged(GiftRefund, refund), unchanged(Gift, gift), ...voiding.guards, ...proof.guards],
      writes: () => [
        change(GiftRefund, refund, { state, approvedBy: ctx.actor.id, approvedAt: ctx.clock.now(), providerKey: `refund:${id}:provider` }),
        recorded(ctx, 'refund.approved', { type: 'gift', id: refund.gift }, { amountFen: refund.amountFen }),
        ...voiding.writes,
        ...proof.writes,
      ],
    });
  }
  await sendNow(ctx, giving, id);
  return findRefundOrThrow(ctx, id);
}

/** The decision stands whether or not the provider answers now. */
async function sendNow(ctx: Context, giving: Giving | undefined, id: string): Promise<void> {
  try {
    if (giving) await sendRefund(ctx, giving, id);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'service.unavailable') throw error;
  }
}

/** Declines a refund with a reason: the money is the gift's again. */
export async function declineRefund(ctx: Context, { id, reason }: DeclineRefundInput): Promise<GiftRefund> {
  const refund = await findRefundOrThrow(ctx, id);
  if (refund.state.name === 'declined' && refund.refusal === reason) return refund; // a second click
  if (refund.askedBy === ctx.actor.id) fail('rule.same-person', { number: refund.number ?? '' });
  await releaseRefund(ctx, refund, 'declined', reason);
  return findRefundOrThrow(ctx, id);
}
