import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import type { Fen } from '../kernel/money';
import { randomId } from '../kernel/random';
import { post } from '../ledger';
import { decryptField, encryptField } from '../platform/crypto/encrypt-field';
import { idOfFact } from '../platform/crypto/id-of-request';
import { absent, change, insertion, unchanged } from '../platform/mongo/document-writes';
import { giftNumbers, giftOpened } from './donations.accounts';
import { findGiftById } from './find-gifts';
import { Gift } from './gift.model';
import { giftStates } from './gift.states';
import { languageOf } from './language-of';
import { ParkedPayment } from './parked-payment.model';
import type { Along } from './receive-gift';

/**
 * Opens a gift of its own for money that came for a gift already paid: the same giver, for the same use. Two commits with the booking,
 * number first, because the lot bears it; asked again for the same payment it finds the gift that it opened.
 */
export async function openSecondGift(ctx: Context, first: Gift, parked: ParkedPayment, amountFen: Fen): Promise<Gift> {
  // Nothing is opened for a payment that somebody else has decided on meanwhile.
  const along = { guards: [unchanged(ParkedPayment, parked)], writes: [] };
  return openGiftLike(ctx, first, { id: secondGiftId(ctx, parked), amountFen, along, channel: first.channel });
}

/** What a further gift of the same giver, for the same use, has of its own. */
interface Further extends Pick<Gift, 'amountFen' | 'channel' | 'transfer' | 'monthly' | 'pledge'> {
  id: string;
  along: Along;
  /** Who took it down, where that is not whoever acts. */
  openedBy?: string;
}

/** What a further gift takes over: giver and use. Sealed parts stand for the place `gift/<_id>/…`. */
type GivenBefore = Pick<Gift, '_id' | 'donorKind' | 'donor' | 'payerName' | 'payerSealed' | 'contact' | 'showName' | 'restriction'> &
  Partial<Pick<Gift, 'locale' | 'attempts' | 'pledge' | 'campaign'>>;

/** Opens a further gift like another one, or like what was agreed to. */
export async function openGiftLike(ctx: Context, first: GivenBefore, further: Further): Promise<Gift> {
  const { id, along, amountFen, channel, transfer, monthly, pledge = first.pledge, openedBy = ctx.actor.id } = further;
  const code = randomId(ctx.random, 'g');
  const { donorKind, donor, payerName, showName, restriction, campaign } = first;
  await post(ctx, {
    key: `gift:${id}:opened`,
    kind: giftOpened,
    source: { type: 'gift', id },
    facts: { amountFen, first: first._id },
    numbers: [giftNumbers],
    guards: along.guards,
    writes: (posted) => [
      ...along.writes,
      insertion(ctx, Gift, {
        _id: id,
        number: posted.numbers[giftNumbers.name] ?? '',
        code,
        donorKind,
        ...(donor !== undefined && { donor }),
        ...(payerName !== undefined && { payerName }),
        ...sealedAnew(first, id),
        showName,
        locale: languageOf(first),
        amountFen,
        restriction,
        ...(campaign !== undefined && { campaign }),
        channel,
        state: giftStates.begin('awaiting', ctx),
        openedAt: ctx.clock.now(),
        openedBy,
        attempts: [],
        ...(transfer && { transfer }),
        ...(monthly && { monthly }),
        ...(pledge && { pledge }),
      }),
      recorded(ctx, 'gift.opened', { type: 'gift', id }, { amountFen, purpose: restriction.purpose, channel }),
    ],
  });
  return findGiftById(ctx, id);
}

/**
 * What a decision to give the money back adds to its commit: a gift that was opened for the payment, and whose booking a crash cut off,
 * ends with it; none is opened beside it.
 */
export async function endSecondGift(ctx: Context, parked: ParkedPayment): Promise<Along> {
  const id = secondGiftId(ctx, parked);
  const second = await Gift.findOne({ _id: id, ledger: ctx.ledger }).lean<Gift>();
  if (!second) return { guards: [absent(Gift, id)], writes: [] };
  const isEmpty = second.state.name === 'awaiting' && !second.transfer;
  const writes = isEmpty ? [change(Gift, second, { state: giftStates.enter(second.state, 'lapsed', ctx) })] : [];
  return { guards: [unchanged(Gift, second)], writes };
}

function secondGiftId(ctx: Context, { sessionId }: ParkedPayment): string {
  return idOfFact(ctx, 'gft', `second/${sessionId}`);
}

/** Name and phone are sealed for the place where they stand, so they move by being sealed again. */
function sealedAnew({ _id: from, payerSealed, contact }: GivenBefore, to: string): Pick<Gift, 'payerSealed' | 'contact'> {
  const moved = (sealed: string, field: string) => encryptField(decryptField(sealed, `gift/${from}/${field}`), `gift/${to}/${field}`);
  return {
    ...(payerSealed !== undefined && { payerSealed: moved(payerSealed, 'payerName') }),
    ...(contact && {
      contact: { nameSealed: moved(contact.nameSealed, 'contactName'), phoneSealed: moved(contact.phoneSealed, 'contactPhone') },
    }),
  };
}
