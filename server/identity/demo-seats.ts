import type { Context } from '../kernel/context';
import { invariant } from '../kernel/errors';
import type { Role } from '../kernel/roles';
import { decryptField } from '../platform/crypto/encrypt-field';
import type { Translate } from '../platform/i18n/translator';
import { insertion } from '../platform/mongo/document-writes';
import { transact } from '../platform/mongo/transact';
import { secondsUntilAccepted, totpCode, totpStep } from '../platform/totp/totp';
import { DemoSeat } from './demo-seat.model';
import { findPerson } from './find-people';
import { totpPlace } from './second-factor';
import { isOwnPath } from './sign-in/return-to';
import type { User } from './user.model';

export interface NewDemoSeat {
  seat: string;
  userId: string;
  role: Role;
  icon: string;
  titleKey?: string;
  firstTaskKey: string;
  landing: string;
  isCard?: boolean;
  /** Place in the list. */
  rank: number;
}

/** Offers a member of the cast at the sign-in of the demonstration. Called by the seed; kept in the database, so that a restart knows it. */
export async function registerDemoSeat(ctx: Context, { userId, isCard = false, ...seat }: NewDemoSeat): Promise<void> {
  invariant(isOwnPath(seat.landing), 'demo.landing-is-our-path', { seat: seat.seat });
  const _id = `${ctx.ledger}/${seat.seat}`;
  await transact(ctx, { key: `demo-seat:${seat.seat}`, writes: [insertion(ctx, DemoSeat, { _id, ...seat, user: userId, isCard })] });
}

/** What a seat is called: the role, unless it has a name of its own. */
export function seatTitle(t: Translate, { titleKey, role }: Pick<DemoSeat, 'titleKey' | 'role'>): string {
  return t(titleKey ?? `identity:role.${role}`);
}

/** The cast in its order. */
export async function findDemoSeats(ctx: Pick<Context, 'ledger'>): Promise<DemoSeat[]> {
  return DemoSeat.find({ ledger: ctx.ledger }).sort({ rank: 1 }).lean<DemoSeat[]>();
}

/** Six digits that the demonstration shows, and in how many seconds they will be taken, where that is not now. */
export interface DemoCode {
  digits: string;
  waitS?: number;
}

/**
 * The six digits that will be accepted next, to be shown beside the field in the demonstration only: of this half minute, or of the next
 * when this one's are used up. Where both are, those after them with the time to wait, since each code works once, here too. The caller
 * sees to it that this is a demonstration.
 */
export async function demoCode(
  ctx: Pick<Context, 'clock'>,
  { _id, secondFactor }: Pick<User, '_id' | 'secondFactor'>,
): Promise<DemoCode | undefined> {
  if (!secondFactor) return undefined;
  const now = ctx.clock.now();
  const step = Math.max(totpStep(now), secondFactor.lastStep + 1);
  const digits = await totpCode(decryptField(secondFactor.secretSealed, totpPlace(_id)), step);
  const waitS = secondsUntilAccepted(step, now);
  return { digits, ...(waitS > 0 && { waitS }) };
}

/** The six digits for somebody who signs in the demonstration, to be shown beside the field; as {@link demoCode}. */
export async function demoSigningCode(ctx: Pick<Context, 'ledger' | 'actor' | 'clock'>): Promise<DemoCode | undefined> {
  const person = await findPerson(ctx, ctx.actor.id);
  return person && demoCode(ctx, person);
}
