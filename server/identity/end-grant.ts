import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { amendPerson } from './amend-person';
import { isWaiting } from './live-grants';
import type { User } from './user.model';

/**
 * Ends a role, or takes back one that waits, at once; what was done under it stays as it is. Ended before, it stays so.
 * @throws AppError `not-found`, `rule.same-person`
 */
export async function endGrant(ctx: Context, input: { id: string; grant: string }): Promise<User> {
  if (input.id === ctx.actor.id) fail('rule.same-person', { step: 'endGrant' });
  return amendPerson(ctx, input.id, ({ grants }) => {
    const ending = grants.find(({ id }) => id === input.grant) ?? fail('not-found');
    if (ending.endedAt) return undefined;
    const ended = { ...ending, endedBy: ctx.actor.id, endedAt: ctx.clock.now() };
    return {
      key: `grant:${input.grant}:ended`,
      what: isWaiting(ending, shanghaiDay(ctx.clock.now())) ? 'person.roleWithdrawn' : 'person.roleEnded',
      fields: { grants: grants.map((grant) => (grant === ending ? ended : grant)) },
      facts: { role: ending.role, scope: ending.scope },
    };
  });
}
