import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { post } from '../ledger';
import { change, unchanged } from '../platform/mongo/document-writes';
import { findHouseholdOrThrow } from './find-households';
import { Household } from './household.model';
import type { MonitorHouseholdInput } from './households.inputs';
import { householdMonitored } from './households.kinds';
import { assertNotOwnHousehold } from './own-household';

/** Takes a household into a monitored group with its main cause (DOMAIN 3, MO1, MO2); the monitoring procedure comes with its room. */
export async function monitorHousehold(ctx: Context, { id, group, cause }: MonitorHouseholdInput): Promise<Household> {
  const household = await findHouseholdOrThrow(ctx, id);
  await assertNotOwnHousehold(ctx, household._id);
  if (household.state.name !== 'active') fail('state.not-allowed', { from: household.state.name, to: 'monitored' });
  if (household.monitored?.group === group && household.monitored.cause === cause) return household;
  const monitored = { group, cause, since: shanghaiDay(ctx.clock.now()), by: ctx.actor.id };
  await post(ctx, {
    key: `household:${id}:monitored:${household.version}`,
    kind: householdMonitored,
    source: { type: 'household', id },
    facts: { group, cause },
    guards: [unchanged(Household, household)],
    writes: () => [change(Household, household, { monitored }), recorded(ctx, 'household.monitored', { type: 'household', id })],
  });
  return { ...household, monitored };
}
