import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { shanghaiDay } from '../../kernel/local-date';
import { post } from '../../ledger';
import { change, unchanged } from '../../platform/mongo/document-writes';
import { findGiftById } from '../find-gifts';
import { drawsOf, freeOf, onFreshRest } from '../free-of-gift';
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

/** The money that was set apart goes back into the very lots it came from, and the gift is free for another roster. */
export async function putBack(
  ctx: Context,
  roster: Roster,
  changes: Partial<Roster>,
  what: 'roster.withdrawn' | 'roster.undone',
): Promise<void> {
  const gift = await findGiftById(ctx, roster.gift);
  const key = askedKey(roster._id);
  await post(ctx, {
    key: `reversal:${key}`,
    kind: rosterReleased,
    source: { type: 'roster', id: roster._id },
    reverses: key,
    guards: [unchanged(Roster, roster), unchanged(Gift, gift)],
    writes: () => [
      change(Roster, roster, changes),
      change(Gift, gift, { roster: undefined }),
      recorded(ctx, what, { type: 'roster', id: roster._id }, { totalFen: roster.sumFen }),
    ],
  });
}

const askedKey = (id: string) => `roster:${id}:asked`;
