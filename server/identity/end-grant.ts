import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { amendPerson } from './amend-person';
import { findPersonOrThrow } from './find-people';
import type { User } from './user.model';

/** Ends a role at once; what was done under it stays as it is. Ended before, it stays so. @throws AppError `not-found`, `rule.same-person` */
export async function endGrant(ctx: Context, input: { id: string; grant: string }): Promise<User> {
  if (input.id === ctx.actor.id) fail('rule.same-person', { step: 'endGrant' });
  const known = await findPersonOrThrow(ctx, input.id);
  const ending = known.grants.find(({ id }) => id === input.grant) ?? fail('not-found');
  if (ending.endedAt) return known;
  const { role, scope } = ending;
  return amendPerson(ctx, input.id, (user) => ({
    key: `grant:${input.grant}:ended`,
    what: 'person.roleEnded',
    fields: {
      grants: user.grants.map((grant) =>
        grant.id === input.grant ? { ...grant, endedBy: ctx.actor.id, endedAt: ctx.clock.now() } : grant,
      ),
    },
    facts: { role, scope },
  }));
}
