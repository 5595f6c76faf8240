import { User } from '../../server/identity/user.model';
import type { Context } from '../../server/kernel/context';
import { encryptField } from '../../server/platform/crypto/encrypt-field';
import { insertion } from '../../server/platform/mongo/document-writes';
import { transact } from '../../server/platform/mongo/transact';
import { newTotpSecret } from '../../server/platform/totp/totp';
import { codeOf } from './sign-in';

/**
 * The six digits with which a person signs now. Whoever is known to a test only by a context gets a document and an authenticator;
 * the clock of a test stands still, so a code may be used again.
 */
export async function signingCode(ctx: Context): Promise<string> {
  const { id } = ctx.actor;
  if (!(await User.exists({ _id: id }))) await makeKnown(ctx);
  await User.updateOne({ _id: id }, { $set: { 'secondFactor.lastStep': 0 } });
  const user = await User.findById(id).lean<User>();
  if (!user) throw new Error(`${id} is not there`);
  return codeOf(user, ctx.clock);
}

async function makeKnown(ctx: Context): Promise<void> {
  const { id } = ctx.actor;
  const now = ctx.clock.now();
  const user = {
    _id: id,
    state: { name: 'active' as const, by: 'system:test', at: now },
    nameSealed: encryptField('陈建华', `user/${id}/name`),
    nameMasked: '陈*华',
    nameKeys: {} as User['nameKeys'],
    logins: [],
    secondFactor: { secretSealed: encryptField(newTotpSecret(), `user/${id}/totp`), lastStep: 0, enrolledAt: now, recovery: [], misses: 0 },
    grants: [],
    epoch: 1,
    createdAt: now,
  };
  await transact(ctx, { key: `known:${id}`, writes: [insertion(ctx, User, user)] });
}
