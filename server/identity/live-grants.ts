import type { Actor } from '../kernel/context';
import { type LocalDate, shanghaiDay } from '../kernel/local-date';
import type { HeldGrant, User } from './user.model';

/** Whether a grant counts on a day: begun, not past its last day, not ended by hand. */
export function isLive(grant: Pick<HeldGrant, 'from' | 'until' | 'endedAt'>, day: LocalDate): boolean {
  return grant.endedAt === undefined && grant.from <= day && (grant.until === undefined || day <= grant.until);
}

/** A person as an actor at an instant. Somebody who is not active holds nothing. */
export function actorFrom(user: Pick<User, '_id' | 'state' | 'grants'>, now: Date): Actor {
  const day = shanghaiDay(now);
  const live = user.state.name === 'active' ? user.grants.filter((grant) => isLive(grant, day)) : [];
  return { id: user._id, kind: 'person', grants: live.map(({ role, scope }) => ({ role, scope })) };
}
