import { findMembers, findPersonByAccount, findPersonOrThrow, heldRoleFor, invitePerson, resetPassword, type User } from '../../identity';
import type { Context } from '../../kernel/context';
import { fail, failField } from '../../kernel/errors';
import { idOfRequest } from '../../platform/crypto/id-of-request';
import type { Donor } from '../donor.model';
import { memberRoles, ownDonorOrThrow } from '../own-donor';
import { changeMember } from './change-member';
import type { InviteMemberInput, MemberLinkInput } from './members.inputs';

/** A member, and the link to hand on: shown once, kept as a hash. Without one nothing has to be handed on. */
export interface InvitedMember {
  user: User;
  path: string | undefined;
}

const mostMembers = 50;

/**
 * An owner invites somebody to act for the organisation, by a link that is shown once. Whoever was a member before has a password already
 * and comes back at once. @throws AppError `input.invalid` at `mobile` when the number signs in somebody else, is a member already, or the
 * organisation is full.
 */
export async function inviteMember(ctx: Context, input: InviteMemberInput): Promise<InvitedMember> {
  const donor = await ownDonorOrThrow(ctx, 'donor.manage');
  const { requestKey, name, mobile, role } = input;
  const known = await findPersonByAccount(ctx, mobile);
  const isAgain = known?._id === idOfRequest(ctx, 'usr', requestKey); // the form sent twice
  if (known && isAgain && isAlsoElsewhere(known, donor)) failField('mobile', 'account-taken');
  if (known && !isAgain && known.grants.some(({ scope }) => scope === donor._id)) {
    if (heldRoleFor(ctx, known, donor._id)) failField('mobile', 'member-already');
    if (known.state.name === 'deactivated' || isAlsoElsewhere(known, donor)) failField('mobile', 'account-taken');
    const user = await changeMember(ctx, { id: known._id, role });
    return user.state.name === 'invited' ? resetPassword(ctx, { id: user._id, requestKey }) : { user, path: undefined };
  }
  if (!isAgain && (await openMembers(ctx, donor)) >= mostMembers) failField('mobile', 'too-many-members', { most: mostMembers });
  return invitePerson(ctx, { requestKey, name, mobile, role, scope: donor._id, until: undefined });
}

/** A new link for a member who has not accepted yet; the old one ends. @throws AppError `not-found`, `state.not-allowed` once accepted */
export async function renewMemberLink(ctx: Context, { id, requestKey }: MemberLinkInput): Promise<InvitedMember> {
  const donor = await ownDonorOrThrow(ctx, 'donor.manage');
  const user = await findMemberOrThrow(ctx, donor, id);
  if (user.state.name !== 'invited') fail('state.not-allowed', { from: user.state.name, to: 'invited' });
  return resetPassword(ctx, { id, requestKey });
}

/** Somebody who acts for this organisation, and for nobody else: only then is his access an owner's business. @throws `not-found` */
async function findMemberOrThrow(ctx: Context, donor: Donor, id: string): Promise<User> {
  const members = await findMembers(ctx, donor._id, memberRoles);
  if (!members.some(({ _id }) => _id === id)) fail('not-found');
  const user = await findPersonOrThrow(ctx, id);
  return heldRoleFor(ctx, user, donor._id) && user.grants.every(({ scope }) => scope === donor._id) ? user : fail('not-found');
}

/** Has not accepted yet and is to act for others, too: who opens the link would act for them, so it is not an owner's to hand on. */
function isAlsoElsewhere({ state, grants }: User, { _id }: Donor): boolean {
  return state.name === 'invited' && grants.some(({ scope }) => scope !== _id);
}

async function openMembers(ctx: Context, donor: Donor): Promise<number> {
  return (await findMembers(ctx, donor._id, memberRoles)).filter((user) => heldRoleFor(ctx, user, donor._id)).length;
}
