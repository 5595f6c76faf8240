import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { fail, failField } from '../../kernel/errors';
import { isRefused, post } from '../../ledger';
import { change, unchanged } from '../../platform/mongo/document-writes';
import { findGiftById } from '../find-gifts';
import { Gift } from '../gift.model';
import { giftStates } from '../gift.states';
import { findReceiptOrThrow } from './find-receipts';
import { type PreparedReceipt, prepareReceipt } from './prepare-receipt';
import { Receipt, type VoidingAsked } from './receipt.model';
import { receiptStates } from './receipt.states';
import type { AskVoidingInput } from './receipts.inputs';
import { receiptVoidingNoted } from './receipts.kinds';

/** Asks for a receipt to be voided: it stays genuine until a second finance officer agrees. */
export async function askVoiding(ctx: Context, { id, reason, payerName }: AskVoidingInput): Promise<Receipt> {
  const receipt = await findReceiptOrThrow(ctx, id);
  if (receipt.voiding?.askedBy === ctx.actor.id && receipt.voiding.reason === reason) return receipt; // a second click
  receiptStates.assertMay(receipt.state.name, 'voided');
  if (receipt.voiding) fail('state.stale');
  if (payerName !== undefined && receipt.payerName === undefined) failField('payerName', 'not-expected'); // a person gives his own name
  const voiding = { reason, ...(payerName !== undefined && { payerName }), askedBy: ctx.actor.id, askedAt: ctx.clock.now() };
  await note(ctx, receipt, 'voidingAsked', { guards: [], writes: [change(Receipt, receipt, { voiding })] }, reason);
  return findReceiptOrThrow(ctx, id);
}

/** Says no: the receipt stays as it is. Whoever asked may take it back so. */
export async function refuseVoiding(ctx: Context, { id }: { id: string }): Promise<Receipt> {
  const receipt = await findReceiptOrThrow(ctx, id);
  if (!receipt.voiding) return receipt;
  await note(ctx, receipt, 'voidingRefused', { guards: [], writes: [change(Receipt, receipt, { voiding: undefined })] });
  return findReceiptOrThrow(ctx, id);
}

/**
 * Voids a receipt that somebody else asked to be voided. A new one follows in the same commit, for what is left of the gift (DO5) and in
 * the name as corrected; while no number is left the gift waits for it. @throws `rule.same-person`
 */
export async function confirmVoiding(ctx: Context, { id }: { id: string }): Promise<Receipt> {
  const receipt = await findReceiptOrThrow(ctx, id);
  if (receipt.state.name === 'voided' && receipt.state.by === ctx.actor.id) return receipt;
  const asked = receipt.voiding ?? fail('state.not-allowed', { from: receipt.state.name, to: 'voided' });
  if (asked.askedBy === ctx.actor.id) fail('rule.same-person');
  const state = receiptStates.enter(receipt.state, 'voided', ctx);
  const next = await whatFollows(ctx, receipt, asked);
  const voided = { state, voiding: undefined, voidReason: asked.reason, voidAskedBy: asked.askedBy };
  const commit = {
    guards: next.guards,
    writes: [change(Receipt, receipt, { ...voided, ...(next.id !== undefined && { replacedBy: next.id }) }), ...next.writes],
  };
  await note(ctx, receipt, 'voided', commit, asked.reason);
  return findReceiptOrThrow(ctx, id);
}

/** The receipt of a gift that is valid now, if it has one. */
export async function findValidReceipt(ctx: Context, gift: Gift): Promise<Receipt | undefined> {
  const receipt = gift.receipt && (await findReceiptOrThrow(ctx, gift.receipt.id));
  return receipt?.state.name === 'issued' ? receipt : undefined;
}

type VoidingAlong = Pick<PreparedReceipt, 'guards' | 'writes'> & { gift: Partial<Pick<Gift, 'state'>> };

/**
 * What voids the receipt of a gift in the commit by which money of it goes or comes back: a second person sends it (DO5), or the payer's
 * bank or the provider has moved it and nobody was asked. The gift waits for a new one, of what is left, or of the whole.
 */
export async function voidingAlong(
  ctx: Context,
  gift: Gift,
  { askedBy, reason }: { askedBy?: string; reason: string },
): Promise<VoidingAlong> {
  const receipt = await findValidReceipt(ctx, gift);
  if (!receipt) return { guards: [], writes: [], gift: {} };
  const state = receiptStates.enter(receipt.state, 'voided', ctx);
  const asked = askedBy === undefined ? {} : { voidAskedBy: askedBy };
  return {
    gift: gift.state.name === 'receipted' ? { state: giftStates.enter(gift.state, 'received', ctx) } : {},
    guards: [unchanged(Receipt, receipt)],
    writes: [
      change(Receipt, receipt, { state, voiding: undefined, voidReason: reason, ...asked }),
      recorded(ctx, 'receipt.voided', { type: 'receipt', id: receipt._id }, { reason }),
    ],
  };
}

type Following = Pick<PreparedReceipt, 'guards' | 'writes'> & { id?: string };

/** What becomes of the gift: another receipt, or it waits for one. A gift that is being given back or disputed keeps its state. */
async function whatFollows(ctx: Context, receipt: Receipt, { payerName }: VoidingAsked): Promise<Following> {
  const found = await findGiftById(ctx, receipt.gift);
  const named = payerName === undefined ? {} : { payerName };
  const gift = { ...found, ...named };
  const guard = unchanged(Gift, gift);
  if (gift.state.name !== 'receipted') return { guards: [guard], writes: payerName === undefined ? [] : [change(Gift, gift, named)] };
  const prepared = await prepareReceipt(ctx, gift, receipt._id);
  if (!prepared)
    return { guards: [guard], writes: [change(Gift, gift, { ...named, state: giftStates.enter(gift.state, 'received', ctx) })] };
  const rank = (gift.receipt?.rank ?? 0) + 1;
  return {
    id: prepared.id,
    guards: [guard, ...prepared.guards],
    writes: [...prepared.writes, change(Gift, gift, { ...named, receipt: { id: prepared.id, rank } })],
  };
}

async function note(
  ctx: Context,
  receipt: Receipt,
  what: 'voidingAsked' | 'voidingRefused' | 'voided',
  { guards, writes }: Pick<PreparedReceipt, 'guards' | 'writes'>,
  reason?: string,
): Promise<void> {
  try {
    await post(ctx, {
      key: `receipt:${receipt._id}:${what}:${receipt.version}`, // asked, refused and asked again are acts of their own
      kind: receiptVoidingNoted,
      source: { type: 'receipt', id: receipt._id },
      guards: [unchanged(Receipt, receipt), ...guards],
      writes: () => [
        ...writes,
        recorded(ctx, `receipt.${what}`, { type: 'receipt', id: receipt._id }, reason !== undefined ? { reason } : {}),
      ],
    });
  } catch (error) {
    if (isRefused(error, 'stale') || isRefused(error, 'exists')) fail('state.stale');
    throw error;
  }
}
