import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { amendPerson } from './amend-person';
import type { GrantInput } from './identity.inputs';
import { newGrant } from './new-grant';
import type { User } from './user.model';

/** Gives a person one more role, from today. Nobody gives one to themselves. @throws AppError as {@link newGrant}, or `rule.same-person`. */
export async function grantRole(ctx: Context, input: GrantInput): Promise<User> {
  const id = idOfRequest(ctx, 'gra', input.requestKey);
  return amendPerson(ctx, input.id, (user) => {
    if (user._id === ctx.actor.id) fail('rule.same-person', { step: 'grant' });
    if (user.state.name === 'deactivated') fail('state.not-allowed', { from: user.state.name, to: 'granted' });
    const { role, scope, until } = input;
    const held = user.grants.filter((grant) => grant.id !== id); // asked twice, the first counts
    const grant = newGrant(ctx, { id, role, scope, until }, held);
    const facts = { role, scope, ...(until !== undefined && { until }) };
    return { key: `grant:${id}:given`, what: 'person.roleGranted', fields: { grants: [...held, grant] }, facts };
  });
}
