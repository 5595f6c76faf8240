import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { amendPerson } from './amend-person';
import type { User } from './user.model';
import { userStates } from './user.states';

/**
 * Puts a person out at once: every session and link is over at its next use. What they did stays theirs, and the account stays taken, so
 * that nobody else can act under it. @throws AppError `rule.same-person` for oneself.
 */
export async function deactivatePerson(ctx: Context, input: { id: string; reason: string }): Promise<User> {
  if (input.id === ctx.actor.id) fail('rule.same-person', { step: 'deactivate' });
  return amendPerson(ctx, input.id, (user) => {
    if (user.state.name === 'deactivated') return undefined;
    return {
      key: `person:${input.id}:deactivated`,
      what: 'person.deactivated',
      fields: { state: userStates.enter(user.state, 'deactivated', ctx), epoch: user.epoch + 1, link: undefined, factorReset: undefined },
      facts: { reason: input.reason },
    };
  });
}
