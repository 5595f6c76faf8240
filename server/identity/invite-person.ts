import type { Context } from '../kernel/context';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { linkPath, newLink } from './access-link';
import type { InvitationInput } from './identity.inputs';
import { registerPerson } from './register-person';
import type { User } from './user.model';

/**
 * Invites somebody by a link that ends after seven days or its first use, and is shown to who invites. Asked twice, the link is the same.
 * @throws AppError `input.invalid` at `mobile`, `role`, `scope` or `until`.
 */
export async function invitePerson(ctx: Context, input: InvitationInput): Promise<{ user: User; path: string | undefined }> {
  const { name, mobile, role, scope, until, requestKey } = input;
  const link = newLink(ctx, 'invitation', idOfRequest(ctx, 'lnk', requestKey));
  const user = await registerPerson(ctx, { name, mobile, grants: [{ role, scope, until }], link, requestKey });
  return { user, path: user.link && linkPath(user.link) };
}
