import { scopesOf } from '../identity';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { operator } from '../platform/mongo/operators';
import type { Donor } from './donor.model';
import { findDonor } from './donors';

/** The organisation for which a signed-in member acts. @throws `not-found` */
export async function ownDonorOrThrow(ctx: Context): Promise<Donor> {
  const [own = ''] = scopesOf(ctx.actor, 'donorMember');
  return (await findDonor(ctx, own)) ?? fail('not-found');
}

/**
 * An organisation's own gifts or receipts, as a filter. What was given in its name before it registered stays behind each gift's link:
 * whoever registered need not be who gave then.
 */
export function ofDonor(ctx: Context, donor: Donor, openedAt: 'openedAt' | 'giftOpenedAt') {
  return { ledger: ctx.ledger, donor: donor._id, [openedAt]: operator({ $gte: donor.registeredAt ?? ctx.clock.now() }) };
}
