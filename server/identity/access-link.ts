import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { lookupHash } from '../platform/crypto/lookup-hash';
import { type AccessLink, type LinkPurpose, User } from './user.model';

const dayMs = 86_400_000;
const days: Readonly<Record<LinkPurpose, number>> = { invitation: 7, password: 1 };

/** A link just made. `path` is shown to who made it and kept nowhere: whoever reads the person finds a hash. */
interface NewLink {
  kept: AccessLink;
  /** The address to hand on, below the county's own. The secret lies in the query, which is not logged. */
  path: string;
}

/** A link for one person and purpose. Its secret follows from the request, so that a form sent twice shows one link. */
export function newLink(ctx: Context, purpose: LinkPurpose, requestKey: string): NewLink {
  const token = idOfRequest(ctx, 'lnk', requestKey);
  const until = new Date(ctx.clock.now().getTime() + days[purpose] * dayMs);
  return { kept: { hash: linkHash(token), purpose, until }, path: `/password?link=${token}` };
}

/** The person whose link this is. @throws `access.link-ended` for one that was used, replaced, is over, or never was. */
export async function findPersonByLink(ctx: Pick<Context, 'ledger' | 'clock'>, token: string): Promise<User> {
  const user = await User.findOne({ ledger: ctx.ledger, 'link.hash': linkHash(token) }).lean<User>();
  if (!user?.link || user.link.until <= ctx.clock.now() || user.state.name === 'deactivated') return fail('access.link-ended');
  return user;
}

function linkHash(token: string): string {
  return lookupHash('access-link', token);
}
