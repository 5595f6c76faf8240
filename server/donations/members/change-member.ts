import { findMembers, heldRoleFor, setMemberRole, type User } from '../../identity';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { change, unchanged } from '../../platform/mongo/document-writes';
import { Donor } from '../donor.model';
import { type MemberRole, memberRoles, ownDonorOrThrow } from '../own-donor';

/**
 * An owner gives a member, or somebody who was one, another role. @throws AppError `not-found`, `donation.last-owner` when nobody would be
 * left who can invite.
 */
export async function changeMember(ctx: Context, { id, role }: { id: string; role: MemberRole }): Promise<User> {
  return setRole(ctx, id, role);
}

/** An owner ends a member's access, or his own, from the next request on. @throws AppError as {@link changeMember} */
export async function removeMember(ctx: Context, { id }: { id: string }): Promise<User> {
  return setRole(ctx, id, undefined);
}

async function setRole(ctx: Context, id: string, role: MemberRole | undefined): Promise<User> {
  const { _id: scope } = await ownDonorOrThrow(ctx, 'donor.manage');
  return setMemberRole(ctx, { id, scope, role }, async (user) => {
    if (heldRoleFor(ctx, user, scope)?.role !== 'donorOwner') return { guards: [], writes: [] };
    // Two owners who remove each other at one moment both rely on the organisation as it was: the second is refused.
    const donor = await ownDonorOrThrow(ctx, 'donor.manage');
    if ((await otherOwners(ctx, donor, id)).length === 0) fail('donation.last-owner');
    return { guards: [unchanged(Donor, donor)], writes: [change(Donor, donor, { ownersChangedAt: ctx.clock.now() })] };
  });
}

/** Owners beside one, who have accepted and can act. */
async function otherOwners(ctx: Context, { _id }: Donor, but: string): Promise<User[]> {
  const members = await findMembers(ctx, _id, memberRoles);
  return members.filter((user) => user._id !== but && user.state.name === 'active' && heldRoleFor(ctx, user, _id)?.role === 'donorOwner');
}
