import type { Context } from '../kernel/context';
import { post } from '../ledger';
import { change, unchanged } from '../platform/mongo/document-writes';
import { anyOf, operator } from '../platform/mongo/operators';
import { asSystem } from './as-system';
import { GiftDispute } from './disputes/dispute.model';
import { giftDisputed, giftReinstated } from './disputes/disputes.accounts';
import { findGiftById } from './find-gifts';
import { drawsOf, freeOf, onFreshRest } from './free-of-gift';
import { Gift } from './gift.model';
import { coverByOperating, uncover } from './provider-money/cover-by-operating';
import { uncovered } from './provider-money/provider-money.accounts';
import { GiftRefund } from './refunds/refund.model';
import { giftRefunded, refundCameBack } from './refunds/refunds.accounts';

const standing = {
  refunds: { reason: 'outside' as const, 'state.name': 'refunded' as const, lossFen: operator({ $gt: 0 }) },
  disputes: { 'state.name': anyOf(['withdrawn', 'lost'] as const), lossFen: operator({ $gt: 0 }) },
};

/**
 * Lets a gift whose money has gone back pay the loss of that itself, as far as it has something free by now: what was set apart for a
 * refund that is no longer to be made, or a payment to a family that the bank sent back. `operating` gets back what it had paid for it, and
 * pays the rest. Asked again it changes nothing.
 */
export async function bearOwnLosses(ctx: Context, giftId: string): Promise<void> {
  const acting = asSystem(ctx, 'provider');
  const of = { ledger: ctx.ledger, gift: giftId };
  const refunds = await GiftRefund.find({ ...of, ...standing.refunds }, { _id: 1 }).lean<Pick<GiftRefund, '_id'>[]>();
  const disputes = await GiftDispute.find({ ...of, ...standing.disputes }, { _id: 1 }).lean<Pick<GiftDispute, '_id'>[]>();
  if (refunds.length + disputes.length === 0) return;
  for (const { _id } of refunds) await onFreshRest(() => bearRefund(acting, _id));
  for (const { _id } of disputes) await onFreshRest(() => bearDispute(acting, _id));
  await coverByOperating(acting);
}

/** Gifts that have such a loss, for the sweep. */
export async function giftsWithLoss({ ledger }: Pick<Context, 'ledger'>): Promise<string[]> {
  const refunds = await GiftRefund.distinct('gift', { ledger, ...standing.refunds });
  const disputes = await GiftDispute.distinct('gift', { ledger, ...standing.disputes });
  return [...new Set([...refunds, ...disputes])];
}

/** Gives back to the gift what it paid for a loss, so that the loss can be taken back. */
export async function unbear(ctx: Context, { _id, borneBy = [] }: GiftRefund | GiftDispute, of: 'refund' | 'dispute'): Promise<void> {
  for (const key of [...borneBy].reverse()) {
    await post(ctx, {
      key: `reversal:${key}`,
      kind: of === 'refund' ? refundCameBack : giftReinstated,
      source: { type: of === 'refund' ? 'giftRefund' : 'giftDispute', id: _id },
      reverses: key,
      graceDays: 30,
    });
  }
}

async function bearRefund(ctx: Context, id: string): Promise<void> {
  const loss = await GiftRefund.findOne({ _id: id, ledger: ctx.ledger, ...standing.refunds }).lean<GiftRefund>();
  const paid = loss && (await payment(ctx, loss, 'refund'));
  if (!paid) return;
  await post(ctx, {
    ...paid.posting,
    kind: giftRefunded,
    source: { type: 'giftRefund', id },
    guards: [unchanged(GiftRefund, loss), unchanged(Gift, paid.gift)],
    writes: () => [change(GiftRefund, loss, paid.changes)],
  });
}

async function bearDispute(ctx: Context, id: string): Promise<void> {
  const loss = await GiftDispute.findOne({ _id: id, ledger: ctx.ledger, ...standing.disputes }).lean<GiftDispute>();
  const paid = loss && (await payment(ctx, loss, 'dispute'));
  if (!paid) return;
  await post(ctx, {
    ...paid.posting,
    kind: giftDisputed,
    source: { type: 'giftDispute', id },
    guards: [unchanged(GiftDispute, loss), unchanged(Gift, paid.gift)],
    writes: () => [change(GiftDispute, loss, paid.changes)],
  });
}

async function payment(ctx: Context, loss: GiftRefund | GiftDispute, of: 'refund' | 'dispute') {
  const { lossFen = 0, borneBy = [], version } = loss;
  const gift = await findGiftById(ctx, loss.gift);
  const { lots, freeFen } = await freeOf(ctx, gift);
  const partFen = Math.min(lossFen, freeFen);
  if (partFen === 0) return undefined;
  await uncover(ctx, uncovered(loss._id));
  const key = `${of}:${loss._id}:borne:${version}`;
  return {
    gift,
    posting: { key, corrects: `gift:${gift._id}:received`, draws: drawsOf(ctx, lots, partFen, uncovered(loss._id)) ?? [] },
    changes: { lossFen: lossFen - partFen, borneBy: [...borneBy, key] },
  };
}
