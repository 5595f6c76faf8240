import { findMembers, findPerson, fullMobile, heldRoleFor, type User } from '../identity';
import type { Context } from '../kernel/context';
import { findDonor } from './donors';
import { memberRoles } from './own-donor';

/**
 * The phone of whoever an organisation is told through: the member who did it, else who registered it, else an owner, each only as long as
 * he is active and belongs to it. Undefined when nobody does any more: what is the organisation's is not told to who has left.
 */
export async function phoneOfSpeaker(ctx: Context, donorId: string, by?: string): Promise<string | undefined> {
  const donor = await findDonor(ctx, donorId);
  const roleOf = (user: User) => heldRoleFor(ctx, user, donorId)?.role;
  const members = (await findMembers(ctx, donorId, memberRoles)).filter((user) => user.state.name === 'active' && roleOf(user));
  const speaker =
    members.find(({ _id }) => _id === by) ??
    members.find(({ _id }) => _id === donor?.registeredBy) ??
    members.find((user) => roleOf(user) === 'donorOwner');
  return speaker && fullMobile(speaker);
}

/** The same for what a member gave in its name. Undefined for what staff took down or a visitor gave: nobody asked to be told. */
export async function phoneOfMember(ctx: Context, { donor, openedBy }: { donor?: string; openedBy: string }): Promise<string | undefined> {
  const person = donor === undefined ? undefined : await findPerson(ctx, openedBy);
  return donor !== undefined && person?.grants.some(({ scope }) => scope === donor) ? phoneOfSpeaker(ctx, donor, openedBy) : undefined;
}
