import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { post } from '../../ledger';
import { change, unchanged } from '../../platform/mongo/document-writes';
import { outboxed } from '../../platform/outbox/outboxed';
import { asSystem } from '../as-system';
import { giftTakenBack } from '../donations.topics';
import { findGiftByCodeOrThrow, findGiftById, findGiftByNumber, findOwnGiftOrThrow } from '../find-gifts';
import { Gift } from '../gift.model';
import { giftStates } from '../gift.states';
import { ownDonorOrThrow } from '../own-donor';
import { currentAttempt } from '../pay-attempts';
import { isHeldByLink, isOnlyAnnounced } from './may-withdraw';
import { giftWithdrawn } from './withdrawals.kinds';

/** By whoever has the link of a gift that no member announced. @throws `not-found`, `access.denied`, `state.not-allowed` */
export async function withdrawGiftByLink(ctx: Context, { code }: { code: string }): Promise<Gift> {
  const gift = await findGiftByCodeOrThrow(ctx, code);
  if (!isHeldByLink(gift)) fail('access.denied');
  return withdraw(ctx, asSystem(ctx, 'give-page'), gift);
}

/** By a member of the organisation that announced it. @throws `not-found`, `state.not-allowed` */
export async function withdrawGiftOfOwn(ctx: Context, { number }: { number: string }): Promise<Gift> {
  const donor = await ownDonorOrThrow(ctx, 'gift.give');
  return withdraw(ctx, ctx, await findOwnGiftOrThrow(ctx, donor, number));
}

/** By staff, for a giver who asked for it. @throws `not-found`, `state.not-allowed` */
export async function withdrawGift(ctx: Context, { number, reason }: { number: string; reason: string }): Promise<Gift> {
  return withdraw(ctx, ctx, (await findGiftByNumber(ctx, number)) ?? fail('not-found'), reason);
}

/**
 * Takes back what was announced and not paid. It is no refusal of money: a payment that was begun, or a transfer under its number, is
 * still received, since money that arrives is a fact; but its page at the provider ends. Asked again it changes nothing.
 */
async function withdraw(ctx: Context, posting: Context, gift: Gift, reason?: string): Promise<Gift> {
  const { _id: id, amountFen } = gift;
  if (gift.state.name === 'withdrawn') return gift; // a second click
  if (!isOnlyAnnounced(gift)) fail('state.not-allowed', { from: gift.state.name, to: 'withdrawn' });
  await post(posting, {
    key: `gift:${id}:withdrawn`,
    kind: giftWithdrawn,
    source: { type: 'gift', id },
    guards: [unchanged(Gift, gift)],
    writes: () => [
      change(Gift, gift, { state: giftStates.enter(gift.state, 'withdrawn', ctx) }),
      ...(currentAttempt(gift) ? [outboxed(posting, giftTakenBack, { giftId: id })] : []),
      recorded(ctx, 'gift.withdrawn', { type: 'gift', id }, { amountFen, ...(reason !== undefined && { reason }) }),
    ],
  });
  return findGiftById(ctx, id);
}
