import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { randomId } from '../kernel/random';
import { matchesSlowHash } from '../platform/crypto/slow-hash';
import { transact } from '../platform/mongo/transact';
import { findPersonByAccount } from './find-people';
import { accountHash } from './login-names';
import type { User } from './user.model';

/**
 * The active person whose account and password these are; undefined for all others, after the same work and with the same line in the
 * audit, so that neither answer nor time says which accounts exist.
 */
export async function verifyPassword(
  ctx: Context,
  { account, password }: { account: string; password: string },
): Promise<User | undefined> {
  const user = await findPersonByAccount(ctx, account);
  const isRight = await matchesSlowHash(user?.passwordHash, password);
  if (user && isRight && user.state.name === 'active') return user;
  const subject = { type: 'account', id: accountHash(account).slice(0, 16) };
  await transact(ctx, { key: `sign-in:${randomId(ctx.random, 'try')}`, writes: [recorded(ctx, 'person.signInRefused', subject)] });
  return undefined;
}
