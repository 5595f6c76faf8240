import { invitePerson } from '../../server/identity';
import { invitationInput } from '../../server/identity/identity.inputs';
import { isLive } from '../../server/identity/live-grants';
import { rolesWith } from '../../server/identity/permissions';
import { User } from '../../server/identity/user.model';
import type { Context } from '../../server/kernel/context';
import { shanghaiDay } from '../../server/kernel/local-date';

/**
 * Invites one of the first people of a new county and gives the path of the link. A strong role takes two people, so the operator may
 * bring in the first ones; once two are there who may confirm for each other, they do it, and this refuses.
 * @throws AppError `input.invalid` where a value does not fit. @throws Error when the county has its two.
 */
export async function inviteFirst(ctx: Context, asked: Record<'name' | 'mobile' | 'role' | 'scope', string | undefined>): Promise<string> {
  const people = await User.find({ ledger: ctx.ledger, 'state.name': 'active' }).lean<User[]>();
  const mayConfirm = rolesWith('people.confirmGrant');
  const day = shanghaiDay(ctx.clock.now());
  const confirmers = people.filter(
    ({ grants, secondFactor }) => secondFactor && grants.some((grant) => isLive(grant, day) && mayConfirm.includes(grant.role)),
  );
  if (confirmers.length >= 2)
    throw new Error('This county has two people who may confirm: everybody else is invited on the pages of people.');
  const { mobile } = asked;
  const input = invitationInput.parse({ ...asked, until: '', requestKey: `first-${mobile}` });
  const { path } = await invitePerson(ctx, input);
  if (path === undefined) throw new Error('This person has used the link already.');
  return path;
}
