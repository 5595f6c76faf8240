import type { Context } from '../kernel/context';
import { findPerson } from './find-people';
import { isUnconfirmed } from './live-grants';
import type { HeldGrant, User } from './user.model';

type County = Pick<Context, 'ledger'>;

/**
 * Who of these may not confirm a proposed role, because the proposal would still be one person's: who proposed it, who gets it, who made a
 * link by which the account may be theirs, and who came in by the same hand alone as the proposer (or by the proposer's).
 */
export async function whoIsTooNear(
  ctx: County,
  user: Pick<User, '_id' | 'linkedBy'>,
  { grantedBy }: Pick<HeldGrant, 'grantedBy'>,
  people: readonly string[],
): Promise<string[]> {
  const near = [grantedBy, user._id, ...(user.linkedBy ?? [])];
  const hand = await handBehind(ctx, grantedBy);
  const judged = people.map(async (id) => (near.includes(id) || (await handBehind(ctx, id)) === hand ? [id] : []));
  return (await Promise.all(judged)).flat();
}

/** The person who alone let somebody in, by the first role that counted, and so on back; or the person themselves. */
async function handBehind(ctx: County, id: string, passed: readonly string[] = []): Promise<string> {
  const first = (await findPerson(ctx, id))?.grants.find((grant) => !isUnconfirmed(grant));
  const isAlone = first !== undefined && first.confirmedBy === undefined && !first.grantedBy.startsWith('system:');
  return isAlone && !passed.includes(first.grantedBy) ? handBehind(ctx, first.grantedBy, [...passed, id]) : id;
}
