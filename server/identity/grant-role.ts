import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { amendPerson } from './amend-person';
import type { GrantInput } from './identity.inputs';
import { isWaiting } from './live-grants';
import { newGrant } from './new-grant';
import type { HeldGrant, User } from './user.model';

/**
 * Gives a person one more role, from today, or proposes it where another person has to confirm it. Nobody gives one to themselves.
 * @throws AppError as {@link newGrant}, `rule.same-person`, or `ledger.conflict` when the key came with another role before.
 */
export async function grantRole(ctx: Context, input: GrantInput): Promise<User> {
  const id = idOfRequest(ctx, 'gra', `${input.id}/${input.requestKey}`);
  return amendPerson(ctx, input.id, (user) => {
    if (user._id === ctx.actor.id) fail('rule.same-person', { step: 'grant' });
    if (user.state.name === 'deactivated') fail('state.not-allowed', { from: user.state.name, to: 'granted' });
    const { role, scope, until } = input;
    const earlier = user.grants.find((grant) => grant.id === id);
    if (earlier) return isSame(earlier, input) ? undefined : fail('ledger.conflict', { key: input.requestKey });
    const grant = newGrant(ctx, { id, role, scope, until }, user.grants);
    const facts = { role, scope, ...(until !== undefined && { until }) };
    const what = isWaiting(grant, shanghaiDay(ctx.clock.now())) ? 'person.roleProposed' : 'person.roleGranted';
    return { key: `grant:${id}:given`, what, fields: { grants: [...user.grants, grant] }, facts };
  });
}

function isSame({ role, scope, until }: HeldGrant, asked: GrantInput): boolean {
  return role === asked.role && scope === asked.scope && until === asked.until;
}
