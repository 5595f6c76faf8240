import { recorded } from '../../audit';
import { restrictionPool } from '../../funds';
import type { Context } from '../../kernel/context';
import { fail, invariant } from '../../kernel/errors';
import { shanghaiDay } from '../../kernel/local-date';
import { findEntryByKey, findLotsOfOrigin, type Posting, post } from '../../ledger';
import { change, unchanged } from '../../platform/mongo/document-writes';
import { findGiftById } from '../find-gifts';
import { drawsOf, freeOf, heldBy, isPast, movesOf, onFreshRest } from '../free-of-gift';
import { Gift } from '../gift.model';
import { mayHaveRoster } from './bring-roster';
import { findRosterOrThrow } from './find-rosters';
import { Roster } from './roster.model';
import { rosterStates } from './roster.states';
import { rosterAsked, rosterPool, rosterReleased } from './rosters.accounts';
import type { RosterRef } from './rosters.inputs';

/**
 * Hands a roster without faults in for another person. The gift's whole money is set apart in the same commit, so that none of it is used
 * for something else before each part has its purpose. @throws `roster.gift-used` when some of it was, `state.not-allowed`.
 */
export async function handInRoster(ctx: Context, { id }: RosterRef): Promise<Roster> {
  return onFreshRest(async () => {
    const roster = await findRosterOrThrow(ctx, id);
    if (roster.state.name === 'asked' && roster.askedBy === ctx.actor.id) return roster; // a second click
    const state = rosterStates.enter(roster.state, 'asked', ctx);
    const gift = await findGiftById(ctx, roster.gift);
    const isOver = gift.restriction.lastDay !== undefined && gift.restriction.lastDay < shanghaiDay(ctx.clock.now());
    if (gift.roster || isOver || !mayHaveRoster(gift) || roster.sumFen !== gift.amountFen) fail('state.not-allowed');
    const { lots, freeFen } = await freeOf(ctx, gift);
    const draws = drawsOf(ctx, lots, gift.amountFen, { pool: rosterPool(id) });
    if (!draws) fail('roster.gift-used', { number: gift.number, usedFen: gift.amountFen - freeFen });
    await post(ctx, {
      key: askedKey(id),
      kind: rosterAsked,
      source: { type: 'roster', id },
      draws,
      guards: [unchanged(Roster, roster), unchanged(Gift, gift)],
      writes: () => [
        change(Roster, roster, { state, askedBy: ctx.actor.id, askedAt: ctx.clock.now() }),
        change(Gift, gift, { roster: id }),
        recorded(ctx, 'roster.asked', { type: 'roster', id }, { totalFen: roster.sumFen }),
      ],
    });
    return findRosterOrThrow(ctx, id);
  });
}

/** Takes back a roster that nobody has confirmed yet: the money is the gift's again. */
export async function withdrawRoster(ctx: Context, { id }: RosterRef): Promise<Roster> {
  const roster = await findRosterOrThrow(ctx, id);
  if (roster.state.name === 'withdrawn') return roster;
  const state = rosterStates.enter(roster.state, 'withdrawn', ctx);
  await putBack(ctx, roster, { state }, 'roster.withdrawn');
  return findRosterOrThrow(ctx, id);
}

/** The money that was set apart is the gift's again, and the gift is free for another roster. */
export async function putBack(
  ctx: Context,
  roster: Roster,
  changes: Partial<Roster>,
  what: 'roster.withdrawn' | 'roster.undone',
): Promise<void> {
  const gift = await findGiftById(ctx, roster.gift);
  await post(ctx, {
    ...(await backInto(ctx, roster, gift)),
    kind: rosterReleased,
    source: { type: 'roster', id: roster._id },
    guards: [unchanged(Roster, roster), unchanged(Gift, gift)],
    writes: () => [
      change(Roster, roster, changes),
      change(Gift, gift, { roster: undefined }),
      recorded(ctx, what, { type: 'roster', id: roster._id }, { totalFen: roster.sumFen }),
    ],
  });
}

/**
 * Into the very lots it came from. What is past its last day goes beside them, with that day: a reversal would give it another day, and
 * after an undoing it lies in a lot that handing in had not filled.
 */
async function backInto(ctx: Context, roster: Roster, gift: Gift): Promise<Pick<Posting, 'key' | 'reverses' | 'draws'>> {
  const asked = askedKey(roster._id);
  if (!(await isRosterPast(ctx, roster))) return { key: `reversal:${asked}`, reverses: asked };
  const from = rosterPool(roster._id);
  const lots = (await findLotsOfOrigin(ctx, gift.number)).filter(({ pool }) => pool === from);
  const { lastDay } = gift.restriction;
  const held = lots.map((lot) => ({ account: lot.code, ...(lot.lastDay && { lastDay: lot.lastDay }) }));
  const isOver = lastDay !== undefined && lastDay < shanghaiDay(ctx.clock.now()); // else it was a change of purpose that set an earlier day
  const to = { pool: restrictionPool(gift.restriction), ...(isOver && { lastDay }) };
  return { key: `roster:${roster._id}:released`, draws: movesOf(ctx, from, held, to) };
}

/** True when some of the money that was handed in can be used no more. */
export async function isRosterPast(ctx: Context, { _id }: Pick<Roster, '_id'>): Promise<boolean> {
  const asked = await findEntryByKey(ctx, askedKey(_id));
  invariant(asked, 'roster.was-handed-in', { id: _id });
  return isPast(ctx, heldBy(asked));
}

const askedKey = (id: string) => `roster:${id}:asked`;
