import { recorded } from '../../audit';
import { provenUnlessSigned, proveSignature } from '../../identity';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { isRefused, post } from '../../ledger';
import { change, unchanged } from '../../platform/mongo/document-writes';
import { outboxed } from '../../platform/outbox/outboxed';
import { onFreshGift } from '../on-fresh-gift';
import { bookedKey } from './confirm-roster';
import { findRosterOrThrow, usedParts } from './find-rosters';
import { putBack } from './hand-in-roster';
import { Roster } from './roster.model';
import { rosterStates } from './roster.states';
import { rosterNoted, rosterUndone } from './rosters.accounts';
import type { ReasonedRosterInput, SignRosterInput } from './rosters.inputs';
import { rosterTakenBack } from './rosters.topics';

/** Asks that a booked roster is taken back whole, with the reason. @throws `roster.used` with what is no longer there. */
export async function askUndo(ctx: Context, { id, reason }: ReasonedRosterInput): Promise<Roster> {
  const roster = await findRosterOrThrow(ctx, id);
  if (roster.state.name === 'undoAsked' && roster.undo?.by === ctx.actor.id) return roster; // a second click
  const state = rosterStates.enter(roster.state, 'undoAsked', ctx);
  await assertUnused(ctx, roster);
  await note(ctx, roster, `undo:${roster.version}:asked`, { state, undo: { by: ctx.actor.id, at: ctx.clock.now(), reason } }, [
    recorded(ctx, 'roster.undoAsked', { type: 'roster', id }, { totalFen: roster.sumFen, reason }),
  ]);
  return findRosterOrThrow(ctx, id);
}

/** Leaves a roster as it is that somebody wanted to take back. Whoever asked may say so, too. */
export async function declineUndo(ctx: Context, { id, reason }: ReasonedRosterInput): Promise<Roster> {
  const roster = await findRosterOrThrow(ctx, id);
  const state = rosterStates.enter(roster.state, 'booked', ctx);
  await note(ctx, roster, `undo:${roster.version}:declined`, { state, undo: undefined }, [
    recorded(ctx, 'roster.undoDeclined', { type: 'roster', id }, { reason }),
  ]);
  return findRosterOrThrow(ctx, id);
}

/**
 * Takes a roster back with a fresh code: the entry that booked it is reversed whole, or not at all when something of it was spent or
 * reserved since. @throws `rule.same-person`, `roster.used`, `input.invalid` at `code`.
 */
export async function confirmUndo(ctx: Context, { id, code }: SignRosterInput): Promise<Roster> {
  const roster = await findRosterOrThrow(ctx, id);
  const isDone = ({ state }: Roster) => (state.name === 'undoing' || state.name === 'undone') && state.by === ctx.actor.id;
  if (isDone(roster)) return roster; // a second click
  if (roster.undo?.by === ctx.actor.id) fail('rule.same-person', { number: roster.number });
  const state = rosterStates.enter(roster.state, 'undoing', ctx);
  await assertUnused(ctx, roster);
  const proof = await provenUnlessSigned(
    () => proveSignature(ctx, code),
    async () => isDone(await findRosterOrThrow(ctx, id)),
  );
  if (!proof) return findRosterOrThrow(ctx, id);
  try {
    await post(ctx, {
      key: `reversal:${bookedKey(id)}`,
      kind: rosterUndone,
      source: { type: 'roster', id },
      reverses: bookedKey(id),
      guards: [unchanged(Roster, roster), ...proof.guards],
      writes: () => [
        change(Roster, roster, { state }),
        outboxed(ctx, rosterTakenBack, { rosterId: id }),
        recorded(ctx, 'roster.undoConfirmed', { type: 'roster', id }, { totalFen: roster.sumFen }),
        ...proof.writes,
      ],
    });
  } catch (error) {
    if (isRefused(error, 'spent')) await assertUnused(ctx, roster); // used between the look and the commit
    throw error;
  }
  return findRosterOrThrow(ctx, id);
}

/** Brings the money of a roster that was taken back home into its gift. */
export async function releaseRoster(ctx: Context, { rosterId: id }: { rosterId: string }): Promise<void> {
  const { gift } = await findRosterOrThrow(ctx, id);
  await onFreshGift(ctx, gift, async () => {
    const roster = await findRosterOrThrow(ctx, id);
    if (roster.state.name !== 'undoing') return;
    const by = { ...ctx, actor: { ...ctx.actor, id: roster.state.by } }; // whose signature this is
    await putBack(ctx, roster, { state: rosterStates.enter(roster.state, 'undone', by) }, 'roster.undone');
  });
}

async function assertUnused(ctx: Context, roster: Roster): Promise<void> {
  const used = await usedParts(ctx, roster);
  if (used.length === 0) return;
  fail('roster.used', {
    usedFen: used.reduce((sum, { usedFen }) => sum + usedFen, 0),
    rows: used.reduce((sum, { count }) => sum + count, 0),
  });
}

async function note(
  ctx: Context,
  roster: Roster,
  key: string,
  changes: Partial<Roster>,
  along: readonly ReturnType<typeof recorded>[],
): Promise<void> {
  await post(ctx, {
    key: `roster:${roster._id}:${key}`,
    kind: rosterNoted,
    source: { type: 'roster', id: roster._id },
    guards: [unchanged(Roster, roster)],
    writes: () => [change(Roster, roster, changes), ...along],
  });
}
