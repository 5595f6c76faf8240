import { scopesOf } from '../identity';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import type { Donor } from './donor.model';
import { findDonor } from './donors';

/** The organisation for which a signed-in member acts. @throws `not-found` */
export async function ownDonorOrThrow(ctx: Context): Promise<Donor> {
  const [own = ''] = scopesOf(ctx.actor, 'donorMember');
  return (await findDonor(ctx, own)) ?? fail('not-found');
}
