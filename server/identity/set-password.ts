import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { slowHash } from '../platform/crypto/slow-hash';
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
  return amendPerson(ctx, _id, (user) => {
    if (!user.link || user.link.hash !== link?.hash) fail('access.link-ended'); // somebody was faster
    assertGoodPassword(input.newPassword, [fullMobile(user) ?? ''], 'newPassword');
    const isInvited = user.state.name === 'invited';
    return {
      key: `link:${user.link.hash}:used`,
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
