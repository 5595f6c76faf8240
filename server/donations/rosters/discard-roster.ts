import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { post } from '../../ledger';
import { change, removal, unchanged } from '../../platform/mongo/document-writes';
import { findRosterOrThrow } from './find-rosters';
import { Roster, RosterFile } from './roster.model';
import { rosterStates } from './roster.states';
import { rosterNoted } from './rosters.accounts';
import type { RosterRef } from './rosters.inputs';

/**
 * Discards a roster that nobody has handed in. The file and the rows that were shown of it go, since they name people and no money rests on
 * them. The same file brought again is another roster. @throws `state.not-allowed` once it was handed in.
 */
export async function discardRoster(ctx: Context, { id }: RosterRef): Promise<Roster> {
  const roster = await findRosterOrThrow(ctx, id);
  if (roster.state.name === 'discarded') return roster; // a second click
  const state = rosterStates.enter(roster.state, 'discarded', ctx);
  const file = (await RosterFile.findOne({ _id: id, ledger: ctx.ledger }).lean<RosterFile>()) ?? fail('state.stale');
  await post(ctx, {
    key: `roster:${id}:discarded`,
    kind: rosterNoted,
    source: { type: 'roster', id },
    guards: [unchanged(Roster, roster), unchanged(RosterFile, file)],
    writes: () => [
      change(Roster, roster, { state, first: [] }),
      removal(RosterFile, file),
      recorded(ctx, 'roster.discarded', { type: 'roster', id }, { totalFen: roster.sumFen }),
    ],
  });
  return findRosterOrThrow(ctx, id);
}
