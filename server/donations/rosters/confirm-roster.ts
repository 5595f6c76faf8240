import { recorded } from '../../audit';
import { firstUseOf, type Restriction, restrictionPool } from '../../funds';
import { provenUnlessSigned, proveSignature } from '../../identity';
import type { Context } from '../../kernel/context';
import { fail, invariant } from '../../kernel/errors';
import { type Posted, post } from '../../ledger';
import { change, unchanged } from '../../platform/mongo/document-writes';
import { outboxed } from '../../platform/outbox/outboxed';
import { findGiftById } from '../find-gifts';
import { findRosterOrThrow } from './find-rosters';
import { isRosterPast } from './hand-in-roster';
import { Roster, type RosterPart } from './roster.model';
import { rosterStates } from './roster.states';
import { rosterBooked, rosterPool } from './rosters.accounts';
import type { SignRosterInput } from './rosters.inputs';
import { rosterConfirmed } from './rosters.topics';

/**
 * Confirms a roster with a fresh code: one entry moves the money under the purposes of the rows, all or nothing, still followed from the
 * gift; a job then writes the rows. Whoever brought the file or handed it in cannot confirm it.
 * @throws `rule.same-person`, `state.not-allowed`, `roster.past`, `input.invalid` at `code`.
 */
export async function confirmRoster(ctx: Context, { id, code }: SignRosterInput): Promise<Roster> {
  const roster = await findRosterOrThrow(ctx, id);
  if (roster.confirmedBy === ctx.actor.id && roster.state.name !== 'asked') return roster; // a second click
  if (roster.askedBy === ctx.actor.id || roster.uploadedBy === ctx.actor.id) fail('rule.same-person', { number: roster.number });
  const state = rosterStates.enter(roster.state, 'booking', ctx);
  if (await isRosterPast(ctx, roster)) fail('roster.past');
  const { restriction } = await findGiftById(ctx, roster.gift);
  const targets = await Promise.all(
    roster.parts.map(async (part) => {
      const own: Restriction = { ...restriction, purpose: part.purpose };
      return { part, pool: restrictionPool(own), opened: await firstUseOf(ctx, own) };
    }),
  );
  const proof = await provenUnlessSigned(
    () => proveSignature(ctx, code),
    async () => (await findRosterOrThrow(ctx, id)).confirmedBy === ctx.actor.id,
  );
  if (!proof) return findRosterOrThrow(ctx, id);

  await post(ctx, {
    key: bookedKey(id),
    kind: rosterBooked,
    source: { type: 'roster', id },
    draws: targets.map(({ part, pool }) => ({ from: rosterPool(id), amount: part.sumFen, to: { pool } })),
    guards: [unchanged(Roster, roster), ...targets.flatMap(({ opened }) => opened.guards), ...proof.guards],
    writes: (posted) => [
      change(Roster, roster, {
        state,
        confirmedBy: ctx.actor.id,
        confirmedAt: ctx.clock.now(),
        parts: targets.map(({ part, pool }) => ({ ...part, lot: lotIn(posted, pool) })),
      }),
      ...targets.flatMap(({ opened }) => opened.writes),
      outboxed(ctx, rosterConfirmed, { rosterId: id }),
      recorded(ctx, 'roster.confirmed', { type: 'roster', id }, { totalFen: roster.sumFen }),
      ...proof.writes,
    ],
  });
  return findRosterOrThrow(ctx, id);
}

/** The key of the entry that put the money under the rows' purposes. */
export const bookedKey = (id: string) => `roster:${id}:booked`;

function lotIn({ drawn }: Pick<Posted, 'drawn'>, pool: string): NonNullable<RosterPart['lot']> {
  const lot = drawn.find(({ to }) => to?.startsWith(`${pool}:`))?.to;
  invariant(lot, 'roster.part-has-a-lot', { pool });
  return lot;
}
