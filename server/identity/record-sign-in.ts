import type { Context } from '../kernel/context';
import { randomId } from '../kernel/random';
import { amendPerson } from './amend-person';
import { findActor } from './find-people';
import type { User } from './user.model';

/** Notes that a person came in, as that person. */
export async function recordSignIn(ctx: Context, id: string, how: 'password' | 'secondFactor' | 'demoSeat'): Promise<User> {
  const key = randomId(ctx.random, 'in');
  const now = ctx.clock.now();
  return amendPerson({ ...ctx, actor: await findActor(ctx, id) }, id, () => ({
    key: `sign-in:${key}`,
    what: 'person.signedIn',
    fields: { lastSignInAt: now },
    facts: { how },
  }));
}
