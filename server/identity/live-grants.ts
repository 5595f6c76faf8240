import type { Actor } from '../kernel/context';
import { type LocalDate, localDate, shanghaiDay } from '../kernel/local-date';
import { rolesByTwo } from './permissions';
import type { HeldGrant, User } from './user.model';

type Counted = Pick<HeldGrant, 'role' | 'grantedBy' | 'confirmedBy' | 'from' | 'until' | 'endedAt'>;

/**
 * Whether only one person has given a role that takes two. Only the system (the operator's commands, the sample county) gives one alone;
 * whatever else is neither confirmed nor weak counts for nothing.
 */
export function isUnconfirmed({ role, grantedBy, confirmedBy }: Counted): boolean {
  return rolesByTwo.includes(role) && confirmedBy === undefined && !grantedBy.startsWith('system:');
}

/** Whether a grant was neither ended by hand nor is past its last day: it counts, or waits for its second person. */
export function isOpen({ until, endedAt }: Counted, day: LocalDate): boolean {
  return endedAt === undefined && (until === undefined || day <= until);
}

/** Whether a grant waits for the person who confirms it: until then it gives no reach and no permission. */
export function isWaiting(grant: Counted, day: LocalDate): boolean {
  return isOpen(grant, day) && isUnconfirmed(grant);
}

/** Whether a grant counts on a day: begun, confirmed where its role takes two, not past its last day, not ended by hand. */
export function isLive(grant: Counted, day: LocalDate): boolean {
  return isOpen(grant, day) && !isUnconfirmed(grant) && grant.from <= day;
}

/** A person as an actor at an instant. Somebody who is not active holds nothing. */
export function actorFrom(user: Pick<User, '_id' | 'state' | 'grants'>, now: Date): Actor {
  const day = shanghaiDay(now);
  const live = user.state.name === 'active' ? user.grants.filter((grant) => isLive(grant, day)) : [];
  return { id: user._id, kind: 'person', grants: live.map(({ role, scope }) => ({ role, scope })) };
}

/** The day on which somebody's last role ended or ran out; undefined while one counts or waits, and for who never had one. */
export function rolesEndedOn({ grants }: Pick<User, 'grants'>, day: LocalDate): LocalDate | undefined {
  if (grants.some((grant) => isLive(grant, day) || isWaiting(grant, day))) return undefined;
  const ends = grants.flatMap(({ endedAt, until }) => (endedAt ? [shanghaiDay(endedAt)] : until !== undefined ? [localDate(until)] : []));
  return ends.sort().at(-1);
}
