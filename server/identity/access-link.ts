import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { readToken, signToken } from '../platform/crypto/signed-token';
import { type LinkPurpose, User } from './user.model';

const dayMs = 86_400_000;
const days: Readonly<Record<LinkPurpose, number>> = { invitation: 7, password: 1 };

/** A link for one person and purpose. `id` is random or follows from the request, so that asking twice gives one link. */
export function newLink(ctx: Pick<Context, 'clock'>, purpose: LinkPurpose, id: string): NonNullable<User['link']> {
  return { id, purpose, until: new Date(ctx.clock.now().getTime() + days[purpose] * dayMs) };
}

/** The text that stands in the link. It lies in the query, which is not logged. */
function tokenOf({ id, purpose, until }: NonNullable<User['link']>): string {
  return signToken(`link:${purpose}`, id, until);
}

/** The address to hand on, below the county's own. */
export function linkPath(link: NonNullable<User['link']>): string {
  return `/password?link=${tokenOf(link)}`;
}

/** The person whose link this is. @throws `access.link-ended` for one that was used, replaced, is over, or never was. */
export async function findPersonByLink(ctx: Pick<Context, 'ledger' | 'clock'>, token: string): Promise<User> {
  const id = readToken('link:invitation', token, ctx.clock) ?? readToken('link:password', token, ctx.clock);
  const user = id === undefined ? null : await User.findOne({ ledger: ctx.ledger, 'link.id': id }).lean<User>();
  if (!user?.link || user.link.until <= ctx.clock.now() || user.state.name === 'deactivated') return fail('access.link-ended');
  return user;
}
