import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { post } from '../../ledger';
import { change, unchanged } from '../../platform/mongo/document-writes';
import { namingChanged } from '../donations.accounts';
import { Donor } from '../donor.model';
import { ownDonorOrThrow } from '../own-donor';
import { type NamingChoice, namingOf } from './naming';

/** An owner decides whether the organisation is named: from now on on every public page, for all its gifts. */
export async function changeNaming(ctx: Context, { naming }: { naming: NamingChoice }): Promise<Donor> {
  const donor = await ownDonorOrThrow(ctx, 'donor.manage');
  const before = namingOf(donor);
  if (before === naming) return donor;
  await post(ctx, {
    key: `donor:${donor._id}:naming:${donor.version}:${naming}`,
    kind: namingChanged,
    source: { type: 'donor', id: donor._id },
    guards: [unchanged(Donor, donor)],
    writes: () => [
      change(Donor, donor, { naming: { name: naming, by: ctx.actor.id, at: ctx.clock.now() } }),
      recorded(ctx, 'donor.namingChanged', { type: 'donor', id: donor._id }, { naming }, { naming: before }),
    ],
  });
  return ownDonorOrThrow(ctx, 'donor.manage');
}
