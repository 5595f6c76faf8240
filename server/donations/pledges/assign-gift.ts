import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { fail, failField } from '../../kernel/errors';
import { post } from '../../ledger';
import { change, unchanged } from '../../platform/mongo/document-writes';
import { recordsOfSame } from '../donors';
import { findGiftByNumber } from '../find-gifts';
import { Gift } from '../gift.model';
import { arrivedStates } from '../gift.states';
import { findPledgeOrThrow } from './find-pledges';
import { followPledge } from './follow-pledge';
import { Pledge } from './pledge.model';
import { isEndedPledge } from './pledge.states';
import { pledgeNoted } from './pledges.accounts';

/**
 * Says by hand that a gift that has come is money of a pledge: of one of its instalments, or of the earliest that is open. Only of the same
 * giver, and a gift fulfils one pledge. No entry: the money stays where it is booked. @throws `input.invalid` at `giftNumber` or `rank`.
 */
export async function assignGift(
  ctx: Context,
  { id, giftNumber, rank }: { id: string; giftNumber: string; rank?: number | undefined },
): Promise<Pledge> {
  const pledge = await findPledgeOrThrow(ctx, id);
  if (isEndedPledge(pledge)) fail('state.not-allowed', { from: pledge.state.name });
  if (rank !== undefined && !pledge.instalments.some((part) => part.rank === rank && !part.inKind)) failField('rank', 'not-a-choice');
  const gift = await findGiftByNumber(ctx, giftNumber.trim().toUpperCase());
  if (gift?.pledge?.id === id && gift.pledge.rank === rank) return pledge; // a second click
  const isTheirs = gift?.donor !== undefined && (await recordsOfSame(ctx, pledge.donor)).includes(gift.donor);
  if (!gift || !isTheirs) return failField('giftNumber', 'not-of-this-giver');
  if (!arrivedStates.some((name) => name === gift.state.name)) failField('giftNumber', 'not-arrived');
  if (gift.pledge && gift.pledge.id !== id) failField('giftNumber', 'of-another-pledge');
  const of = { id, ...(rank !== undefined && { rank }) };
  await post(ctx, {
    key: `pledge:${id}:assigned:${gift._id}:${gift.version}`,
    kind: pledgeNoted,
    source: { type: 'pledge', id },
    facts: { gift: gift._id, rank: rank ?? 0 },
    guards: [unchanged(Gift, gift), unchanged(Pledge, pledge)],
    writes: () => [
      change(Gift, gift, { pledge: of }),
      recorded(ctx, 'pledge.assigned', { type: 'pledge', id }, { amountFen: gift.amountFen }),
    ],
  });
  return followPledge(ctx, id);
}
