import type { Context } from '../kernel/context';
import { failField } from '../kernel/errors';
import { randomId } from '../kernel/random';
import { amendPerson } from './amend-person';
import { assertNotPaused, missed, used } from './second-factor';
import type { User } from './user.model';

/**
 * Takes six digits or a recovery code for a sign-in, once. A wrong one is counted; ten in a row pause the second factor for 15 minutes.
 * @throws AppError `input.invalid` at `code`, `access.too-many-requests` during a pause.
 */
export async function verifySecondFactor(ctx: Context, input: { id: string; code: string }): Promise<User> {
  let isRight = false;
  const key = randomId(ctx.random, 'cod');
  const user = await amendPerson(ctx, input.id, async (person) => {
    const now = ctx.clock.now();
    const factor = person.secondFactor ?? failField('code', 'no-second-factor');
    assertNotPaused(factor, now);
    const after = await used(person, factor, input.code, now);
    isRight = after !== undefined;
    return {
      key: `second-factor:${key}`,
      what: isRight ? 'person.codeAccepted' : 'person.codeRefused',
      fields: { secondFactor: after ?? missed(factor, now) },
      facts: {
        for: 'signIn',
        ...(after && after.recovery.length < factor.recovery.length && { recoveryCodesLeft: after.recovery.length }),
      },
    };
  });
  return isRight ? user : failField('code', 'wrong-code');
}
