import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { isRefused, LedgerConflict, post } from '../../ledger';
import { change, unchanged } from '../../platform/mongo/document-writes';
import type { ProviderRefund } from '../../platform/stripe/refunds';
import { findGiftById } from '../find-gifts';
import { isPast, movesOf } from '../free-of-gift';
import { Gift } from '../gift.model';
import { giftStates } from '../gift.states';
import type { Giving } from '../giving';
import { goneBack } from '../kept-fen';
import { unbear } from '../own-loss';
import { pledgeTold } from '../pledges/tell-pledge';
import { uncover } from '../provider-money/cover-by-operating';
import { openMatter } from '../provider-money/matters';
import { uncovered } from '../provider-money/provider-money.accounts';
import { voidingAlong } from '../receipts/void-receipt';
import { providerAccount } from '../receive-gift';
import { findRefund, findRefundByProof } from './find-refunds';
import { bookOutsideRefund } from './outside-refund';
import { settleParkedRefund } from './pay-back-parked';
import { GiftRefund } from './refund.model';
import { refundStates } from './refund.states';
import { giftRefunded, refundCameBack, refundNoted, refundPool } from './refunds.accounts';
import { releaseRefund } from './release-refund';

const tries = 5;

/**
 * Does what a refund, as just read from the provider, means: books it, puts the money back, or takes one in that was made at the
 * provider. Webhook, sweep and the act of sending all come here; each step has its own key, so that it is done once in any order.
 */
export async function settleRefund(ctx: Context, giving: Giving, answer: ProviderRefund): Promise<'settled' | 'nothing' | 'notOurs'> {
  for (let left = tries; ; left -= 1) {
    try {
      if (answer.refundId?.startsWith('prk_')) return await settleParkedRefund(ctx, answer.refundId, answer);
      const ours = answer.refundId ? await findRefund(ctx, answer.refundId) : await findRefundByProof(ctx, answer.id);
      return ours ? await settleOurs(ctx, ours, answer) : await bookOutsideRefund(ctx, giving, answer);
    } catch (error) {
      const cameFirst = (['stale', 'exists', 'floor'] as const).some((code) => isRefused(error, code)) || error instanceof LedgerConflict;
      if (left <= 1 || !cameFirst) throw error;
    }
  }
}

async function settleOurs(ctx: Context, refund: GiftRefund, answer: ProviderRefund): Promise<'settled' | 'nothing'> {
  const isUnderWay = refund.state.name === 'approved' || refund.state.name === 'sent';
  const isOver = answer.status === 'failed' || answer.status === 'canceled';
  if (answer.status === 'succeeded' && isUnderWay) await bookRefunded(ctx, refund, { account: providerAccount, proof: answer.id });
  else if (isOver && isUnderWay) await releaseRefund(ctx, refund, 'failed', answer.status);
  else if (isOver && refund.state.name === 'refunded') await takeBack(ctx, refund);
  else if (refund.state.name === 'approved') await noteSent(ctx, refund, answer.id);
  else return 'nothing';
  return 'settled';
}

/** Books that the money has gone to the payer, from where it was set apart. */
export async function bookRefunded(
  ctx: Context,
  refund: GiftRefund,
  paid: { account: string; proof: string },
  along: Pick<Parameters<typeof post>[1], 'guards'> & { writes?: ReturnType<typeof change>[] } = {},
): Promise<void> {
  const gift = await findGiftById(ctx, refund.gift);
  const state = refundStates.enter(refund.state, 'refunded', ctx);
  const after = goneBack(gift, refund.amountFen);
  const next = after.returnedFen === gift.amountFen ? 'refunded' : 'received';
  await post(ctx, {
    key: `refund:${refund._id}:settled`,
    kind: giftRefunded,
    source: { type: 'giftRefund', id: refund._id },
    corrects: `gift:${gift._id}:received`,
    draws: movesOf(ctx, refundPool(refund._id), refund.lots, paid.account),
    guards: [unchanged(GiftRefund, refund), unchanged(Gift, gift), ...(along.guards ?? [])],
    writes: () => [
      change(GiftRefund, refund, { state, proof: paid.proof }),
      change(Gift, gift, {
        ...after,
        ...(gift.state.name === 'refundAsked' && { state: giftStates.enter(gift.state, next, ctx) }),
      }),
      ...pledgeTold(ctx, gift),
      recorded(ctx, 'gift.refunded', { type: 'gift', id: gift._id }, { amountFen: refund.amountFen }),
      ...(along.writes ?? []),
    ],
  });
}

async function noteSent(ctx: Context, refund: GiftRefund, proof: string): Promise<void> {
  await post(ctx, {
    key: `refund:${refund._id}:sent`,
    kind: refundNoted,
    source: { type: 'giftRefund', id: refund._id },
    guards: [unchanged(GiftRefund, refund)],
    writes: () => [change(GiftRefund, refund, { state: refundStates.enter(refund.state, 'sent', ctx), proof })],
  });
}

/** A refund that was through has come back: first to where it was set apart, then to the gift. */
async function takeBack(ctx: Context, refund: GiftRefund): Promise<void> {
  const settled = `refund:${refund._id}:settled`;
  if (isPast(ctx, refund.lots)) {
    // What is past its last day cannot return to where it was: a person has to say where it goes.
    return openMatter(ctx, { kind: 'refundStuck', about: refund.proof ?? refund._id, gift: refund.gift, amountFen: refund.amountFen });
  }
  const source = { type: 'giftRefund', id: refund._id };
  const reversal = { key: `reversal:${settled}`, kind: refundCameBack, source, reverses: settled };
  if (refund.reason !== 'outside') {
    await post(ctx, reversal);
    return releaseRefund(ctx, refund, 'failed', 'came-back');
  }
  await uncover(ctx, uncovered(refund._id));
  await unbear(ctx, refund, 'refund');
  const gift = await findGiftById(ctx, refund.gift);
  const voiding = await voidingAlong(ctx, gift, { reason: refund.proof ?? refund._id });
  await post(ctx, {
    ...reversal,
    guards: [unchanged(GiftRefund, refund), unchanged(Gift, gift), ...voiding.guards],
    writes: () => [
      change(GiftRefund, refund, { state: refundStates.enter(refund.state, 'failed', ctx), refusal: 'came-back', borneBy: [] }),
      change(Gift, gift, {
        ...goneBack(gift, -refund.amountFen),
        ...voiding.gift,
        ...(gift.state.name === 'refunded' && { state: giftStates.enter(gift.state, 'received', ctx) }),
      }),
      ...voiding.writes,
      ...pledgeTold(ctx, gift),
      recorded(ctx, 'refund.failed', { type: 'gift', id: gift._id }, { amountFen: refund.amountFen }),
    ],
  });
}
