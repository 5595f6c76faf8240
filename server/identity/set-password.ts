import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { randomId } from '../kernel/random';
import { matchesSlowHash, slowHash } from '../platform/crypto/slow-hash';
import { findPersonByLink } from './access-link';
import { amendPerson } from './amend-person';
import { fullMobile } from './find-people';
import { assertGoodPassword } from './password-rules';
import type { User } from './user.model';
import { userStates } from './user.states';

/**
 * Accepts an invitation, or replaces a lost password: the link is used up and all earlier sessions are over. Whoever holds a second factor
 * still shows it at the next sign-in. @throws AppError `access.link-ended` for a dead link, `input.invalid` at `newPassword`.
 */
export async function setPassword(ctx: Context, input: { link: string; newPassword: string }): Promise<User> {
  const { _id, link } = await findPersonByLink(ctx, input.link);
  const hash = await slowHash(input.newPassword);
  const key = randomId(ctx.random, 'pwd'); // of its own: with one key for both, a second password would be told done
  return amendPerson(ctx, _id, async (user) => {
    if (user.link?.hash !== link?.hash) {
      const isSame = await matchesSlowHash(user.passwordHash, input.newPassword);
      return isSame ? undefined : fail('access.link-ended'); // a second click, or somebody was faster
    }
    assertGoodPassword(input.newPassword, [fullMobile(user) ?? ''], 'newPassword');
    const isInvited = user.state.name === 'invited';
    return {
      key: `password:${key}`,
      what: isInvited ? 'person.accepted' : 'person.passwordReplaced',
      fields: {
        ...(isInvited && { state: userStates.enter(user.state, 'active', { ...ctx, actor: { id: _id, kind: 'person', grants: [] } }) }),
        passwordHash: hash,
        passwordSetAt: ctx.clock.now(),
        link: undefined,
        epoch: user.epoch + 1,
      },
    };
  });
}
