import { recorded } from '../audit';
import { assertNotOwnHousehold, findHouseholdOrThrow } from '../households';
import type { Context } from '../kernel/context';
import { fail, invariant } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { debit, isRefused, LedgerConflict, post } from '../ledger';
import { change, unchanged } from '../platform/mongo/document-writes';
import { type AwardPlan, planAward, proposeAward } from './award-plan';
import { grantsOf, usesOf } from './caps';
import { type Award, Deed } from './deed.model';
import { deedStates } from './deed.states';
import { findDeedOrThrow } from './find-deeds';
import { points, pointsAwarded, pointsIssued } from './points.accounts';
import type { DeedRef } from './points.inputs';

const racesTolerated = 5;

/**
 * A second person confirms a deed: its points arrive as a lot of the household, under all caps (DOMAIN 9, PT2). Who recorded it may not.
 * @throws `rule.same-person`; `points.no-room` when a cap lets nothing through; the deed then waits or is rejected with a reason.
 */
export async function confirmDeed(ctx: Context, { id }: DeedRef): Promise<Deed> {
  const deed = await findDeedOrThrow(ctx, id);
  await assertNotOwnHousehold(ctx, deed.household);
  if (deed.state.name === 'awarded') return deed; // a second click
  if (deed.recordedBy === ctx.actor.id) fail('rule.same-person', { step: 'recorded' });
  deedStates.assertMay(deed.state.name, 'awarded');
  const { surrogate } = await findHouseholdOrThrow(ctx, deed.household);
  const plan = await planAward(ctx, deed, surrogate);

  // Rooms are read to propose; the floors decide. When another award took the room meanwhile, the same key asks for less.
  for (let race = 0; race < racesTolerated; race += 1) {
    const proposal = await proposeAward(ctx, deed, plan);
    if (proposal.points === 0) fail('points.no-room', proposal.narrowest);
    try {
      return await award(ctx, deed, surrogate, plan, proposal);
    } catch (error) {
      if (error instanceof LedgerConflict) return findDeedOrThrow(ctx, id); // somebody else's confirmation came first
      if (!isRefused(error, 'floor')) throw error;
    }
  }
  return fail('state.stale');
}

async function award(
  ctx: Context,
  deed: Deed,
  surrogate: string,
  plan: AwardPlan,
  proposal: { points: number; caps: Award['caps'] },
): Promise<Deed> {
  const lot = points(surrogate, deed._id);
  const state = deedStates.enter(deed.state, 'awarded', ctx);
  const awardOf = (seq: number): Award => ({
    points: proposal.points,
    mode: plan.mode,
    caps: proposal.caps,
    settings: plan.settings,
    ...(plan.lastDay && { lastDay: plan.lastDay }),
    lot,
    seq,
  });
  const { seq } = await post(ctx, {
    key: `deed:${deed._id}:confirmed`,
    kind: pointsAwarded,
    source: { type: 'deed', id: deed._id },
    tags: { village: deed.village },
    ensure: grantsOf(plan.caps),
    legs: [debit(pointsIssued(deed.village), proposal.points), ...usesOf(plan.caps, proposal.points)],
    lots: [
      {
        lot,
        pool: points(surrogate),
        amount: proposal.points,
        // What ends first is spent first, then what was awarded first; ties go by the award's id (PT4).
        order: `${plan.lastDay ?? '9999-12-31'}/${shanghaiDay(ctx.clock.now())}`,
        ...(plan.lastDay && { lastDay: plan.lastDay }),
        origin: deed._id,
      },
    ],
    guards: [unchanged(Deed, deed)],
    writes: (posted) => {
      invariant(posted.seq !== null, 'award.is-an-entry');
      return [change(Deed, deed, { state, award: awardOf(posted.seq) }), recorded(ctx, 'deed.confirmed', { type: 'deed', id: deed._id })];
    },
  });
  invariant(seq !== null, 'award.is-an-entry');
  return { ...deed, state, award: awardOf(seq), version: deed.version + 1 };
}
