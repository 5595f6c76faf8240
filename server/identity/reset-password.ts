import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { newLink } from './access-link';
import { amendPerson } from './amend-person';
import type { LinkPurpose, User } from './user.model';

/**
 * A link for a new password, good for one day and one use, shown to the administrator who hands it on; for an invited person a new
 * invitation. The old password works until then. @throws AppError `state.not-allowed` for somebody deactivated.
 */
export async function resetPassword(
  ctx: Context,
  input: { id: string; requestKey: string },
): Promise<{ user: User; path: string | undefined }> {
  const linkFor = (purpose: LinkPurpose) => newLink(ctx, purpose, `${input.id}/${input.requestKey}`);
  const user = await amendPerson(ctx, input.id, ({ state }) => {
    if (state.name === 'deactivated') fail('state.not-allowed', { from: state.name, to: 'passwordReset' });
    if (input.id === ctx.actor.id) fail('rule.same-person', { step: 'passwordReset' });
    const { kept } = linkFor(state.name === 'invited' ? 'invitation' : 'password');
    return { key: `link:${kept.hash}:made`, what: 'person.linkMade', fields: { link: kept }, facts: { link: kept.purpose } };
  });
  const made = user.link && linkFor(user.link.purpose);
  return { user, path: made?.kept.hash === user.link?.hash ? made?.path : undefined };
}
