import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { fail, failField } from '../kernel/errors';
import { randomId } from '../kernel/random';
import { isRefused, post } from '../ledger';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { insertion, unchanged } from '../platform/mongo/document-writes';
import { asSystem } from './as-system';
import { Campaign } from './campaigns/campaign.model';
import { findCampaign } from './campaigns/find-campaigns';
import { giftNumbers, giftOpened } from './donations.accounts';
import { donorByCreditCode, findDonor, type NamedDonor } from './donors';
import { findGiftById } from './find-gifts';
import { Gift } from './gift.model';
import { giftStates } from './gift.states';
import type { GiveInput } from './give.inputs';
import { type Giver, readGive } from './giver-of';
import { assertFiledWay, groundOfGiving } from './ground-of-giving';
import { ownDonorIds } from './own-donor';
import { attemptOf } from './pay-attempts';
import { sealedContact, sealedPerson } from './sealed-person';

/**
 * Takes down what somebody wants to give, with its number, before any payment. Refused when the county may not ask on this day or by
 * this way, for a campaign by that one's own plan (FU1). A repeated request finds its first gift.
 */
export async function openGift(ctx: Context, input: GiveInput): Promise<Gift> {
  const { amountFen, restriction: wished, giver } = readGive(input);
  const method = input.method === 'transfer' ? undefined : input.method;
  const channel = method ? 'online' : 'bankTransfer';
  const campaign = input.campaign === undefined ? undefined : ((await findCampaign(ctx, input.campaign)) ?? fail('not-found'));
  const restriction = campaign?.restriction ?? wished;

  // Of key and all that was said: who goes back, changes the sum or the giver and sends the form again means another gift.
  const { purpose, area = '' } = restriction;
  const id = idOfRequest(
    ctx,
    'gft',
    JSON.stringify([input.requestKey, amountFen, restriction, channel, giver, input.showName, campaign?._id]),
  );
  const first = await Gift.findOne({ _id: id, ledger: ctx.ledger }).lean<Gift>();
  if (first) return first; // sent again, perhaps after its campaign or all giving has closed
  assertFiledWay(await groundOfGiving(ctx, campaign), channel, 'method');
  const donor = await donorOf(ctx, giver);
  const code = randomId(ctx.random, 'g');
  const now = ctx.clock.now();
  const write = () =>
    post(asSystem(ctx, 'give-page'), {
      key: `gift:${id}:opened`,
      kind: giftOpened,
      source: { type: 'gift', id },
      facts: { amountFen, purpose, area, channel, giver: giver.kind },
      numbers: [giftNumbers],
      // Nothing is given to a campaign that was stopped, or says something else, since the giver was asked.
      guards: [...(donor?.guards ?? []), ...(campaign ? [unchanged(Campaign, campaign)] : [])],
      writes: (posted) => [
        ...(donor?.writes ?? []),
        insertion(ctx, Gift, {
          _id: id,
          number: posted.numbers[giftNumbers.name] ?? '',
          code,
          donorKind: donor?.kind ?? (giver.kind === 'person' ? 'person' : 'anonymous'),
          ...(donor && { donor: donor.id }),
          ...(donor && { payerName: donor.name }),
          ...payerOf(id, giver),
          openedBy: ctx.actor.id,
          showName: donor !== undefined && input.showName,
          locale: ctx.locale,
          amountFen,
          restriction,
          ...(campaign && { campaign: campaign._id }),
          channel,
          state: giftStates.begin(channel === 'online' ? 'draft' : 'awaiting', ctx),
          openedAt: now,
          attempts: method ? [attemptOf(`gift:${id}`, 1, { startedAt: now, locale: ctx.locale, method })] : [],
        }),
        recorded(ctx, 'gift.opened', { type: 'gift', id }, { amountFen, purpose, channel }),
      ],
    });
  try {
    await write();
  } catch (error) {
    // Two first gifts of one organisation at one moment: the other has written the donor, so the second try finds it.
    const mayDiffer = campaign !== undefined || (donor?.guards.length ?? 0) > 0;
    if ((isRefused(error, 'stale') || isRefused(error, 'exists')) && mayDiffer) return openGift(ctx, input);
    throw error;
  }
  return findGiftById(ctx, id);
}

/** The donor that a giver names, if he is one that is kept: found by its credit code, or the organisation of the signed-in member. */
export async function donorOf(ctx: Context, giver: Giver): Promise<NamedDonor | undefined> {
  if (giver.kind === 'organisation') {
    const donor = await donorByCreditCode(ctx, { creditCode: giver.creditCode, name: giver.name });
    if (donor.isRegistered && donor.name !== giver.name) failField('organisationName', 'not-the-registered-name');
    return donor;
  }
  if (giver.kind !== 'member') return undefined;
  const [own = ''] = ownDonorIds(ctx.actor, 'gift.give');
  const donor = (await findDonor(ctx, own)) ?? fail('access.sign-in');
  return { id: donor._id, kind: donor.kind, name: donor.name, isRegistered: true, guards: [], writes: [] };
}

/** Name for the receipt and whom to tell, sealed for the gift or monthly gift of this id; of a person nothing stays readable in the database. */
export function payerOf(id: string, giver: Giver): Pick<Gift, 'payerName' | 'payerSealed' | 'contact'> {
  if (giver.kind === 'anonymous' || giver.kind === 'member') return {};
  if (giver.kind === 'person') return sealedPerson(id, giver);
  return { payerName: giver.name, contact: sealedContact(id, { name: giver.contactName, phone: giver.phone }) };
}
