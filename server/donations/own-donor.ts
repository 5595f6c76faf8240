import { grantsFor } from '../identity';
import type { Actor, Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { anyOf, operator } from '../platform/mongo/operators';
import type { Donor } from './donor.model';
import { findDonor, recordsOf } from './donors';

/** What somebody may be for an organisation: owner, who gives and invites; giver; reader of receipts and statements. */
export const memberRoles = ['donorOwner', 'donorMember', 'donorReader'] as const;
export type MemberRole = (typeof memberRoles)[number];

/** The organisations for which somebody may do something. */
export function ownDonorIds(actor: Actor, permission: 'gift.give' | 'gift.readOwn' | 'donor.manage'): readonly string[] {
  return grantsFor(actor, permission).map(({ scope }) => scope);
}

/** The organisation for which a signed-in member acts. @throws `not-found` */
export async function ownDonorOrThrow(
  ctx: Context,
  permission: 'gift.give' | 'gift.readOwn' | 'donor.manage' = 'gift.readOwn',
): Promise<Donor> {
  const [own = ''] = ownDonorIds(ctx.actor, permission);
  return (await findDonor(ctx, own)) ?? fail('not-found');
}

/**
 * An organisation's own gifts, receipts, offers of goods or pledges, as a filter. What was given or promised in its name before it registered stays behind each
 * gift's link: whoever registered need not be who gave then, nor on records that were one with it already. Of those that became one
 * with it later two persons have said that they are its people's.
 */
export function ofDonor(ctx: Context, donor: Donor, openedAt: 'openedAt' | 'giftOpenedAt' | 'offeredAt' | 'recordedAt') {
  const since = { donor: anyOf(recordsOf(donor)), [openedAt]: operator({ $gte: donor.registeredAt ?? ctx.clock.now() }) };
  return { ledger: ctx.ledger, ...(donor.absorbedWhole ? { $or: [since, { donor: anyOf(donor.absorbedWhole) }] } : since) };
}
