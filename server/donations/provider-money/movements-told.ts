import type { Context } from '../../kernel/context';
import { invariant } from '../../kernel/errors';
import { type LocalDate, shanghaiDay } from '../../kernel/local-date';
import { bookStands } from '../../ledger';
import { idOfFact } from '../../platform/crypto/id-of-request';
import { change, type DocumentGuard, type DocumentWrite, insertion, unchanged } from '../../platform/mongo/document-writes';
import { transact } from '../../platform/mongo/transact';
import { MovementsTold } from './movements-told.model';

export interface HeldMovements {
  guards: readonly DocumentGuard[];
  writes: readonly DocumentWrite[];
}

const longestCommitMs = 600_000; // one that begins before midnight may end after it

/** For a commit that relies on it that no movement of a day that is over has been told since. */
export async function holdMovements(ctx: Context): Promise<HeldMovements> {
  const told = await toldSoFar(ctx);
  return { guards: [unchanged(MovementsTold, told)], writes: [change(MovementsTold, told, { changedAt: ctx.clock.now() })] };
}

/**
 * In which close a movement of this day stands that is told now: its own day's, or, where that is closed, the first open day's
 * (`carriedTo`); with what its commit relies on for that. Today can be closed by nobody.
 */
export async function closeToCarry(ctx: Context, day: LocalDate): Promise<HeldMovements & { carriedTo?: LocalDate }> {
  const soon = new Date(ctx.clock.now().getTime() + longestCommitMs);
  if (day >= shanghaiDay(soon)) return { guards: [], writes: [] };
  const held = await holdMovements(ctx);
  const { openFrom } = await bookStands(ctx); // after what is held, so that a close in between is noticed
  return { ...held, ...(openFrom !== undefined && day < openFrom && { carriedTo: openFrom }) };
}

async function toldSoFar(ctx: Context): Promise<MovementsTold> {
  const _id = idOfFact(ctx, 'mvt', 'movements-told');
  const find = () => MovementsTold.findOne({ _id, ledger: ctx.ledger }).lean<MovementsTold>();
  const told = await find();
  if (told) return told;
  await transact(ctx, { key: `told:${_id}`, writes: [insertion(ctx, MovementsTold, { _id, changedAt: ctx.clock.now() })] });
  const begun = await find();
  invariant(begun, 'movements-told.is-there', { id: _id });
  return begun;
}
