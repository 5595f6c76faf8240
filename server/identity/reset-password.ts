import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { linkPath, newLink } from './access-link';
import { amendPerson } from './amend-person';
import type { User } from './user.model';

/**
 * A link for a new password, good for one day and one use, shown to the administrator who hands it on; for an invited person a new
 * invitation. The old password works until then. @throws AppError `state.not-allowed` for somebody deactivated.
 */
export async function resetPassword(
  ctx: Context,
  input: { id: string; requestKey: string },
): Promise<{ user: User; path: string | undefined }> {
  const id = idOfRequest(ctx, 'lnk', input.requestKey);
  const user = await amendPerson(ctx, input.id, ({ state }) => {
    if (state.name === 'deactivated') fail('state.not-allowed', { from: state.name, to: 'passwordReset' });
    if (input.id === ctx.actor.id) fail('rule.same-person', { step: 'passwordReset' });
    const link = newLink(ctx, state.name === 'invited' ? 'invitation' : 'password', id);
    return { key: `link:${id}:made`, what: 'person.linkMade', fields: { link }, facts: { purpose: link.purpose } };
  });
  return { user, path: user.link?.id === id ? linkPath(user.link) : undefined };
}
