import { findMembers, findPerson, fullMobile, heldRoleFor, type User } from '../identity';
import type { Context } from '../kernel/context';
import { findDonor } from './donors';
import { memberRoles } from './own-donor';

/**
 * The phone of whoever an organisation is told through: the member who did it, else who registered it, else an owner, each only as long as
 * he is active and belongs to it. Undefined when nobody does any more: what is the organisation's is not told to who has left.
 */
export async function phoneOfSpeaker(ctx: Context, donorId: string, by?: string): Promise<string | undefined> {
  const speaker = await speakerOf(ctx, donorId, by);
  return speaker && fullMobile(speaker);
}

/** The same person, for what is bound to him: a link ends with his access. */
export async function speakerOf(ctx: Context, donorId: string, by?: string): Promise<User | undefined> {
  const donor = await findDonor(ctx, donorId);
  const members = (await findMembers(ctx, donorId, memberRoles)).filter((user) => belongsTo(ctx, user, donorId));
  return (
    members.find(({ _id }) => _id === by) ??
    members.find(({ _id }) => _id === donor?.registeredBy) ??
    members.find((user) => heldRoleFor(ctx, user, donorId)?.role === 'donorOwner')
  );
}

/** Whether somebody can act and has a role for an organisation today. */
export function belongsTo(ctx: Pick<Context, 'clock'>, user: User, donorId: string): boolean {
  return user.state.name === 'active' && heldRoleFor(ctx, user, donorId) !== undefined;
}

/** The same for what a member gave in its name. Undefined for what staff took down or a visitor gave: nobody asked to be told. */
export async function phoneOfMember(ctx: Context, given: { donor?: string; openedBy: string }): Promise<string | undefined> {
  const member = await memberToTell(ctx, given);
  return member && fullMobile(member);
}

/** That person, for what is bound to him. */
export async function memberToTell(ctx: Context, { donor, openedBy }: { donor?: string; openedBy: string }): Promise<User | undefined> {
  const person = donor === undefined ? undefined : await findPerson(ctx, openedBy);
  return donor !== undefined && person?.grants.some(({ scope }) => scope === donor) ? speakerOf(ctx, donor, openedBy) : undefined;
}
