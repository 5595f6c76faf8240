import type { Context } from '../kernel/context';
import { failField } from '../kernel/errors';
import { randomId } from '../kernel/random';
import { matchesSlowHash, slowHash } from '../platform/crypto/slow-hash';
import { amendPerson } from './amend-person';
import { findPersonOrThrow, fullMobile } from './find-people';
import { assertGoodPassword } from './password-rules';
import type { User } from './user.model';

/** Replaces one's own password; all other sessions are over. @throws AppError `input.invalid` at `password` or `newPassword`. */
export async function changePassword(ctx: Context, input: { password: string; newPassword: string }): Promise<User> {
  const known = await findPersonOrThrow(ctx, ctx.actor.id);
  if (!(await matchesSlowHash(known.passwordHash, input.password))) failField('password', 'wrong-password');
  assertGoodPassword(input.newPassword, [fullMobile(known) ?? ''], 'newPassword');
  const passwordHash = await slowHash(input.newPassword);
  const key = randomId(ctx.random, 'pwd');
  return amendPerson(ctx, known._id, (user) => ({
    key: `password:${key}`,
    what: 'person.passwordReplaced',
    fields: { passwordHash, passwordSetAt: ctx.clock.now(), epoch: user.epoch + 1 },
  }));
}
