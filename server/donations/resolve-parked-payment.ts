import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import type { Fen } from '../kernel/money';
import { isRefused, post } from '../ledger';
import { change, type DocumentGuard, type DocumentWrite, unchanged } from '../platform/mongo/document-writes';
import { giftPaymentNoted } from './donations.accounts';
import { findGiftById } from './find-gifts';
import { findParkedPaymentOrThrow } from './find-parked-payments';
import type { Giving } from './giving';
import { unmarkGift } from './mark-of-gift';
import { endSecondGift, openSecondGift } from './open-second-gift';
import { ParkedPayment } from './parked-payment.model';
import { parkedStates } from './parked-payment.states';
import { paymentOfProof } from './payment-of-proof';
import { isPaidOtherwise, receiveGift } from './receive-gift';
import { settleToldOf } from './settle-told-of-parked';
import type { ResolveParkedInput } from './staff.inputs';

/**
 * A finance officer decides on money that did not fit its gift. `gift`: it is booked with the sum that came, as the gift it names, or as
 * one of its own when that gift has been paid already; the provider is asked anew, and only yuan that were really paid are booked. What
 * the payer has again of it by then leaves that gift at once.
 * `refund`: it is marked to be given back; nothing is booked. @throws `donation.not-bookable`, `state.not-allowed` when it is decided.
 */
export async function resolveParkedPayment(ctx: Context, giving: Giving | undefined, input: ResolveParkedInput): Promise<ParkedPayment> {
  const parked = await findParkedPaymentOrThrow(ctx, input.id);
  const to = input.decision === 'gift' ? 'booked' : 'refundDue';
  if (parked.state.name === to && parked.reason === input.reason) return parked; // a second click
  parkedStates.assertMay(parked.state.name, to);
  try {
    await (to === 'booked' ? book(ctx, giving, parked, input.reason) : markForRefund(ctx, parked, input.reason));
  } catch (error) {
    if (isRefused(error, 'stale') || isRefused(error, 'exists')) fail('state.stale');
    throw error;
  }
  const resolved = await findParkedPaymentOrThrow(ctx, input.id);
  if (giving) await settleToldOf(ctx, giving, resolved);
  return findParkedPaymentOrThrow(ctx, input.id);
}

async function book(ctx: Context, giving: Giving | undefined, parked: ParkedPayment, reason: string): Promise<void> {
  const amountFen = await paidFen(giving, parked);
  const named = await findGiftById(ctx, parked.gift);
  const gift = isPaidOtherwise(named, parked.sessionId) ? await openSecondGift(ctx, named, parked, amountFen) : named;
  const decided = await decision(ctx, parked, 'booked', { reason, bookedAs: gift._id, ...(parked.told && { toSettle: parked.told }) });
  const arrival = { on: shanghaiDay(parked.parkedAt), into: 'online', proof: parked.sessionId, amountFen } as const;
  const received = await receiveGift(ctx, gift._id, arrival, decided);
  if (received.received?.proof !== parked.sessionId) fail('state.stale'); // the gift was paid otherwise meanwhile
}

async function markForRefund(ctx: Context, parked: ParkedPayment, reason: string): Promise<void> {
  const { guards, writes } = await decision(ctx, parked, 'refundDue', { reason });
  const second = await endSecondGift(ctx, parked);
  await post(ctx, {
    key: `parkedPayment:${parked._id}:refundDue`,
    kind: giftPaymentNoted,
    source: { type: 'gift', id: parked.gift },
    guards: [...guards, ...second.guards],
    writes: () => [...writes, ...second.writes],
  });
}

/** What was paid, as the provider says now: the money is where the entry will say it is. */
async function paidFen(giving: Giving | undefined, { sessionId }: ParkedPayment): Promise<Fen> {
  const { paidFen: came } = await paymentOfProof(giving ?? fail('service.unavailable'), sessionId);
  return came ?? fail('donation.not-bookable');
}

/** The decision as part of a commit. */
async function decision(
  ctx: Context,
  parked: ParkedPayment,
  to: 'booked' | 'refundDue',
  facts: Pick<ParkedPayment, 'reason' | 'bookedAs' | 'toSettle'>,
): Promise<{ guards: DocumentGuard[]; writes: DocumentWrite[] }> {
  const state = parkedStates.enter(parked.state, to, ctx);
  const mark = await unmarkGift(ctx, parked);
  return {
    guards: [unchanged(ParkedPayment, parked), ...mark.guards],
    writes: [
      change(ParkedPayment, parked, { state, decidedBy: ctx.actor.id, ...facts }),
      ...mark.writes,
      recorded(ctx, `gift.${to}`, { type: 'gift', id: parked.gift }, { problem: parked.problem }),
    ],
  };
}
