import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { anyOf, operator } from '../../platform/mongo/operators';
import { type Page, pageOf } from '../../platform/mongo/page-of';
import { GiftRefund } from './refund.model';
import { openRefundStates } from './refund.states';
import type { RefundFilters } from './refunds.inputs';

export async function findRefund(ctx: Pick<Context, 'ledger'>, id: string): Promise<GiftRefund | undefined> {
  return (await GiftRefund.findOne({ _id: id, ledger: ctx.ledger }).lean<GiftRefund>()) ?? undefined;
}

export async function findRefundOrThrow(ctx: Pick<Context, 'ledger'>, id: string): Promise<GiftRefund> {
  return (await findRefund(ctx, id)) ?? fail('not-found');
}

/** Whether a refund of this sum was approved that goes by the bank, and of which no transfer is recorded yet. */
export async function isRefundToGo(ctx: Pick<Context, 'ledger'>, amountFen: number): Promise<boolean> {
  const toGo = { channel: operator({ $ne: 'online' as const }), 'state.name': 'approved' as const };
  return (await GiftRefund.exists({ ledger: ctx.ledger, amountFen, ...toGo })) !== null;
}

/** The refund that the provider calls by this id, or the bank by this serial number. */
export async function findRefundByProof(ctx: Pick<Context, 'ledger'>, proof: string): Promise<GiftRefund | undefined> {
  return (await GiftRefund.findOne({ ledger: ctx.ledger, proof }).lean<GiftRefund>()) ?? undefined;
}

/** All refunds of a gift, the first first. */
export async function findRefundsOf(ctx: Pick<Context, 'ledger'>, gift: string): Promise<GiftRefund[]> {
  return GiftRefund.find({ ledger: ctx.ledger, gift }).sort({ askedAt: 1 }).lean<GiftRefund[]>();
}

/** Whether money of a gift lies apart for its payer. */
export async function isRefundOpen(ctx: Pick<Context, 'ledger'>, gift: string): Promise<boolean> {
  return (await GiftRefund.countDocuments({ ledger: ctx.ledger, gift, 'state.name': anyOf([...openRefundStates]) })) > 0;
}

/** Refunds that wait for the provider: approved and perhaps never sent, or sent and not answered. */
export async function findRefundsUnderWay(ctx: Pick<Context, 'ledger'>): Promise<GiftRefund[]> {
  return GiftRefund.find({ ledger: ctx.ledger, 'state.name': anyOf(['approved', 'sent']), channel: 'online' })
    .sort({ askedAt: 1 })
    .lean<GiftRefund[]>();
}

/** The list, newest first; refunds belong to the county: the guard says who sees them. */
export async function findRefundList(ctx: Context, { view, ...page }: RefundFilters): Promise<Page<GiftRefund>> {
  const states = { open: openRefundStates, done: ['refunded'], ended: ['declined', 'failed'] } as const;
  const filter = { ledger: ctx.ledger, 'state.name': anyOf([...states[view]]) };
  return pageOf(GiftRefund, { filter, order: { askedAt: -1 } }, page);
}

/** How many refunds wait for a decision. */
export async function countRefundsToApprove(ctx: Pick<Context, 'ledger'>): Promise<number> {
  return GiftRefund.countDocuments({ ledger: ctx.ledger, 'state.name': 'asked' });
}
