import type { Context } from '../../kernel/context';
import { type LocalDate, shanghaiDay } from '../../kernel/local-date';
import { bookStands } from '../../ledger';
import { idOfFact } from '../../platform/crypto/id-of-request';
import { absent, change, type DocumentGuard, type DocumentWrite, insertion, unchanged } from '../../platform/mongo/document-writes';
import { MovementsTold } from './movements-told.model';

export interface HeldMovements {
  guards: readonly DocumentGuard[];
  writes: readonly DocumentWrite[];
}

const longestCommitMs = 600_000; // one that begins before midnight may end after it

/** For a commit that relies on it that no movement of a day that is over has been told since. The first such commit begins the document. */
export async function holdMovements(ctx: Context): Promise<HeldMovements> {
  const _id = idOfFact(ctx, 'mvt', 'movements-told');
  const changedAt = ctx.clock.now();
  const told = await MovementsTold.findOne({ _id, ledger: ctx.ledger }).lean<MovementsTold>();
  return told
    ? { guards: [unchanged(MovementsTold, told)], writes: [change(MovementsTold, told, { changedAt })] }
    : { guards: [absent(MovementsTold, _id)], writes: [insertion(ctx, MovementsTold, { _id, changedAt })] };
}

/**
 * In which close a movement of this day stands that is told now: its own day's, or, where that is closed, the first open day's
 * (`carriedTo`); with what its commit relies on for that. Today can be closed by nobody.
 */
export async function closeToCarry(ctx: Context, day: LocalDate): Promise<HeldMovements & { carriedTo?: LocalDate }> {
  const { carriedTo, ...held } = await closesToCarry(ctx, [day]);
  return { ...held, ...carriedTo(day) };
}

/** The same for what comes of many days in one commit. */
export async function closesToCarry(
  ctx: Context,
  days: readonly LocalDate[],
): Promise<HeldMovements & { carriedTo: (day: LocalDate) => { carriedTo?: LocalDate } }> {
  const soon = shanghaiDay(new Date(ctx.clock.now().getTime() + longestCommitMs));
  if (days.every((day) => day >= soon)) return { guards: [], writes: [], carriedTo: () => ({}) };
  const held = await holdMovements(ctx);
  const { openFrom } = await bookStands(ctx); // after what is held, so that a close in between is noticed
  return { ...held, carriedTo: (day) => (openFrom !== undefined && day < openFrom ? { carriedTo: openFrom } : {}) };
}
