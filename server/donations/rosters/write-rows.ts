import type { Context } from '../../kernel/context';
import { invariant } from '../../kernel/errors';
import { isRefused, post } from '../../ledger';
import { encryptField } from '../../platform/crypto/encrypt-field';
import { idOfFact } from '../../platform/crypto/id-of-request';
import { absent, change, type DocumentWrite, insertion, unchanged } from '../../platform/mongo/document-writes';
import { findGiftById } from '../find-gifts';
import { findRosterOrThrow } from './find-rosters';
import type { ReadRow } from './read-roster';
import { linePlace, Roster, RosterLine } from './roster.model';
import { rosterStates } from './roster.states';
import { bytesOfRoster, rosterOf } from './roster-file';
import { rosterNoted } from './rosters.accounts';

const rowsPerCommit = 400;

/** Writes the rows of a confirmed roster in slices, each with its progress in one commit: cut off, it goes on where it was. */
export async function writeRosterRows(ctx: Context, { rosterId: id }: { rosterId: string }): Promise<void> {
  const roster = await findRosterOrThrow(ctx, id);
  if (roster.state.name !== 'booking') return;
  const gift = await findGiftById(ctx, roster.gift);
  const rows = (await rosterOf(await bytesOfRoster(ctx, id), gift.restriction.purpose))?.rows ?? [];
  invariant(rows.length === roster.lines, 'roster.read-as-before', { id });
  while (await writeSlice(ctx, id, rows));
}

/** Another worker may do the same at the same moment: then each slice is one's or the other's. */
async function writeSlice(ctx: Context, id: string, rows: readonly ReadRow[]): Promise<boolean> {
  const roster = await findRosterOrThrow(ctx, id);
  if (roster.state.name !== 'booking') return false;
  const slice = rows.slice(roster.taken, roster.taken + rowsPerCommit).map((row) => ({ id: lineId(ctx, id, row.row), row }));
  const taken = roster.taken + slice.length;
  const isLast = taken === rows.length;
  try {
    await post(ctx, {
      key: `roster:${id}:rows:${roster.taken}`,
      kind: rosterNoted,
      source: { type: 'roster', id },
      bulk: true,
      guards: [unchanged(Roster, roster), ...slice.map((one) => absent(RosterLine, one.id))],
      writes: () => [
        change(Roster, roster, { taken, ...(isLast && { state: rosterStates.enter(roster.state, 'booked', ctx) }) }),
        ...slice.map((one) => newLine(ctx, roster, one.id, one.row)),
      ],
    });
  } catch (error) {
    if (!isRefused(error, 'stale') && !isRefused(error, 'exists')) throw error;
  }
  return true;
}

function lineId(ctx: Context, roster: string, row: number): string {
  return idOfFact(ctx, 'rol', `${roster}/${row}`);
}

function newLine(ctx: Context, roster: Roster, id: string, { row, name, purpose, amountFen, isNamed }: ReadRow): DocumentWrite {
  return insertion(ctx, RosterLine, {
    _id: id,
    roster: roster._id,
    gift: roster.gift,
    row,
    nameSealed: encryptField(name, linePlace(id)),
    purpose,
    amountFen,
    isNamed,
  });
}
