import { recorded } from '../audit';
import { firstUseOf, mainBank, provider, restrictionPool } from '../funds';
import type { Context } from '../kernel/context';
import { invariant } from '../kernel/errors';
import type { LocalDate } from '../kernel/local-date';
import type { Fen } from '../kernel/money';
import { type AccountCode, dayOfEntry, debit, type Posted, post, type Series } from '../ledger';
import { change, type DocumentGuard, type DocumentWrite, unchanged } from '../platform/mongo/document-writes';
import { outboxed } from '../platform/outbox/outboxed';
import { gift as giftLot, giftReceived } from './donations.accounts';
import { giftArrived } from './donations.topics';
import { Gift, type GiftChannel } from './gift.model';
import { giftStates } from './gift.states';
import { onFreshGift } from './on-fresh-gift';

/** That money has come: on which day, at the provider or at the bank, and by what proof (session id, bank serial number). */
export interface Arrival {
  on: LocalDate;
  into: GiftChannel;
  /** Where it lies, for cash: the counter's account. */
  account?: AccountCode;
  proof: string;
  /** What has come, where somebody has decided to take another sum than was announced. */
  amountFen?: Fen;
}

/** What a decision about the arrival adds to its commit. */
export interface Along {
  guards: readonly DocumentGuard[];
  writes: readonly DocumentWrite[];
  /** Numbers that are allotted in it, and what bears them. */
  numbers?: readonly Series[];
  numbered?: (posted: Posted) => readonly DocumentWrite[];
}

/** Where money lies that came by card or wallet, until the provider pays it out. */
export const providerAccount = provider('stripe');

const accountOf: Partial<Record<GiftChannel, AccountCode>> = { online: providerAccount, bankTransfer: mainBank };

/**
 * Books a gift: the only act that does, for webhook, return page, sweep and bank alike, under one key, so that it is booked once
 * however often and in whatever order they come (I3). A gift that other money pays stays as it is: the caller sees it by its proof.
 */
export async function receiveGift(ctx: Context, giftId: string, arrival: Arrival, along?: Along): Promise<Gift> {
  return onFreshGift(ctx, giftId, (gift) => bookGift(ctx, gift, arrival, along));
}

/**
 * The same for a gift as it was read, inside {@link onFreshGift}: the booking rests on what was decided from it.
 * Gross: the provider's fee is a later entry (DO4).
 */
export async function bookGift(ctx: Context, gift: Gift, arrival: Arrival, along?: Along): Promise<Gift> {
  if (gift.received || isPaidOtherwise(gift, arrival.proof)) return gift;
  const { number, restriction } = gift;
  const { amountFen = gift.amountFen, account = accountOf[arrival.into], ...came } = arrival;
  invariant(account, 'gift.lies-somewhere', { gift: gift._id });
  const state = giftStates.enter(gift.state, 'received', ctx);
  const opened = await firstUseOf(ctx, restriction);
  const received = { ...came, at: ctx.clock.now() };

  const posted = await post(ctx, {
    key: `gift:${gift._id}:received`,
    kind: giftReceived,
    source: { type: 'gift', id: gift._id },
    effectiveOn: await dayOfEntry(ctx, arrival.on),
    tags: { purpose: restriction.purpose },
    facts: { proof: arrival.proof }, // another payment of the same sum is not this one again
    legs: [debit(account, amountFen)],
    lots: [
      {
        lot: giftLot(number),
        pool: restrictionPool(restriction),
        amount: amountFen,
        order: `${arrival.on}/${number}`, // oldest first (FU7)
        origin: number,
        ...(restriction.lastDay && { lastDay: restriction.lastDay }), // past it the money may not be used for this (FU3)
      },
    ],
    guards: [unchanged(Gift, gift), ...opened.guards, ...(along?.guards ?? [])],
    numbers: along?.numbers ?? [],
    writes: (posted) => [
      change(Gift, gift, { state, received, amountFen }),
      ...opened.writes,
      ...(along?.writes ?? []),
      ...(along?.numbered?.(posted) ?? []),
      outboxed(ctx, giftArrived, { giftId: gift._id }),
      recorded(ctx, 'gift.received', { type: 'gift', id: gift._id }, { state: 'received', amountFen }, { state: gift.state.name }),
    ],
  });
  invariant(posted.seq !== null, 'gift.is-an-entry', { gift: gift._id });
  return { ...gift, state, received, amountFen };
}

/** Whether a gift is paid by other money than this, or will be: a transfer that finance has recorded is its money before it is booked. */
export function isPaidOtherwise(gift: Pick<Gift, 'received' | 'transfer'>, proof: string): boolean {
  return (gift.received?.proof ?? gift.transfer?.serial ?? proof) !== proof;
}
