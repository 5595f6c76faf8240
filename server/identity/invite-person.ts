import type { Context } from '../kernel/context';
import { newLink } from './access-link';
import type { InvitationInput } from './identity.inputs';
import { registerPerson } from './register-person';
import type { User } from './user.model';

/**
 * Invites somebody by a link that ends after seven days or its first use, and is shown to who invites, once. Sent again, the same form
 * gives the same link as long as it is unused.
 * @throws AppError `input.invalid` at `mobile`, `role`, `scope` or `until`.
 */
export async function invitePerson(ctx: Context, input: InvitationInput): Promise<{ user: User; path: string | undefined }> {
  const { name, mobile, role, scope, until, requestKey } = input;
  const { kept, path } = newLink(ctx, 'invitation', requestKey);
  const user = await registerPerson(ctx, { name, mobile, grants: [{ role, scope, until }], link: kept, requestKey });
  return { user, path: user.link?.hash === kept.hash ? path : undefined };
}
