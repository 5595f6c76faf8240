import type { Household } from '../households';
import type { Context } from '../kernel/context';
import { shanghaiDay } from '../kernel/local-date';
import { findReliefOf, type ReliefKind, reliefPendingDays } from '../relief';
import { settingInForce } from '../settings';
import { type Gates, reliefGates } from './relief-gates';

/** The gates of a household as they stand today (DOMAIN 6, AI1). */
export async function gatesOf(
  ctx: Context,
  household: Pick<Household, '_id' | 'village' | 'monitored'>,
  waived: readonly ReliefKind[] = [],
): Promise<Gates> {
  const today = shanghaiDay(ctx.clock.now());
  const { value: pendingDays } = await settingInForce(ctx, reliefPendingDays, { day: today, place: household.village });
  const referrals = (await findReliefOf(ctx, household._id)).map(({ kind, state, pendingSince }) => ({
    kind,
    state: state.name,
    pendingSince,
  }));
  return reliefGates({ monitored: household.monitored !== undefined, referrals, today, pendingDays, waived });
}
