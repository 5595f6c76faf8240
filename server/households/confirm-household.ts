import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { post } from '../ledger';
import { change, unchanged } from '../platform/mongo/document-writes';
import { findHouseholdOrThrow } from './find-households';
import { Household } from './household.model';
import { householdStates } from './household.states';
import { householdConfirmed } from './households.kinds';
import { assertNotOwnHousehold } from './own-household';

/** The township confirms a registration; who registered it may not (DOMAIN 0: nobody checks own work). */
export async function confirmHousehold(ctx: Context, { id }: { id: string }): Promise<Household> {
  const household = await findHouseholdOrThrow(ctx, id);
  await assertNotOwnHousehold(ctx, household._id);
  if (household.state.name === 'active') return household; // a second click
  if (household.state.by === ctx.actor.id) fail('rule.same-person', { step: 'registered' });
  const state = householdStates.enter(household.state, 'active', ctx);
  await post(ctx, {
    key: `household:${id}:confirmed`,
    kind: householdConfirmed,
    source: { type: 'household', id },
    guards: [unchanged(Household, household)],
    writes: () => [change(Household, household, { state }), recorded(ctx, 'household.confirmed', { type: 'household', id })],
  });
  return { ...household, state };
}
