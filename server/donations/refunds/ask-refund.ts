import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { fail, failField } from '../../kernel/errors';
import { addDays, shanghaiDay } from '../../kernel/local-date';
import { post } from '../../ledger';
import { idOfRequest } from '../../platform/crypto/id-of-request';
import { change, insertion, unchanged } from '../../platform/mongo/document-writes';
import { countyCode } from '../../regions';
import { settingInForce } from '../../settings';
import { findGiftByNumber } from '../find-gifts';
import { drawsOf, freeOf, heldBy, onFreshRest } from '../free-of-gift';
import { Gift } from '../gift.model';
import { giftStates } from '../gift.states';
import { findRefund, findRefundOrThrow } from './find-refunds';
import { GiftRefund, type RefundReason } from './refund.model';
import { refundStates } from './refund.states';
import { refundAsked, refundNumbers, refundPool } from './refunds.accounts';
import type { AskRefundInput } from './refunds.inputs';
import { refundDays } from './refunds.settings';

/** Reasons that time does not heal: the window of `refund.days` is for the payer's own slips. */
const withoutWindow: readonly RefundReason[] = ['unlawfulSource', 'failedPurpose'];

/**
 * Asks for money of a gift to go back to its payer, for one of the lawful reasons (DO5). The sum is set apart in the same commit, so that
 * nobody can spend it meanwhile; it is at most what the gift has unspent and unreserved. A receipt stays
 * valid until the refund is approved.
 * @throws `donation.refund-too-large` with what is free, `donation.refund-late`, `state.not-allowed`.
 */
export async function askRefund(ctx: Context, input: AskRefundInput): Promise<GiftRefund> {
  const id = idOfRequest(ctx, 'rfd', input.requestKey);
  return onFreshRest(async () => {
    const done = await findRefund(ctx, id);
    if (done) return assertSame(done, input);
    await ask(ctx, id, input);
    return findRefundOrThrow(ctx, id);
  });
}

/** The same key for something else is another question, not this one again. */
function assertSame(refund: GiftRefund, { amount, reason, note }: AskRefundInput): GiftRefund {
  return refund.amountFen === amount && refund.reason === reason && refund.note === note ? refund : fail('ledger.conflict');
}

async function ask(ctx: Context, id: string, { number, amount, reason, note }: AskRefundInput): Promise<void> {
  const gift = (await findGiftByNumber(ctx, number)) ?? fail('not-found');
  if (!gift.received || gift.channel === 'goods') fail('state.not-allowed', { from: gift.state.name, to: 'refundAsked' });
  const state = giftStates.enter(gift.state, 'refundAsked', ctx);
  const today = shanghaiDay(ctx.clock.now());
  if (!withoutWindow.includes(reason)) {
    const { value: days } = await settingInForce(ctx, refundDays, { day: today, place: gift.restriction.area ?? countyCode() });
    if (today > addDays(gift.received.on, days)) fail('donation.refund-late', { days });
  }
  const { lots, freeFen } = await freeOf(ctx, gift);
  const draws = drawsOf(ctx, lots, amount, { pool: refundPool(id) });
  if (!draws) failField('amount', 'refund-too-large', { fen: freeFen });

  await post(ctx, {
    key: `refund:${id}:asked`,
    kind: refundAsked,
    source: { type: 'giftRefund', id },
    facts: { amountFen: amount, reason },
    draws,
    numbers: [refundNumbers],
    guards: [unchanged(Gift, gift)],
    writes: (posted) => [
      change(Gift, gift, { state }),
      insertion(ctx, GiftRefund, {
        _id: id,
        number: posted.numbers[refundNumbers.name] ?? '',
        gift: gift._id,
        amountFen: amount,
        reason,
        note,
        channel: gift.received?.into ?? gift.channel,
        state: refundStates.begin('asked', ctx),
        askedBy: ctx.actor.id,
        askedAt: ctx.clock.now(),
        lots: heldBy(posted),
      }),
      recorded(ctx, 'refund.asked', { type: 'gift', id: gift._id }, { amountFen: amount }),
    ],
  });
}
