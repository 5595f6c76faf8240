import { findHouseholdOrThrow, shownName } from '../households';
import { may } from '../identity';
import type { Context } from '../kernel/context';
import { shanghaiDay } from '../kernel/local-date';
import { randomId } from '../kernel/random';
import type { Translate } from '../platform/i18n/translator';
import { divisionFullName } from '../regions';
import { findReliefOf } from './find-relief';
import { isSettled } from './relief.states';
import { reliefKindNames } from './relief-kinds';

/** A household's relief: each referral with what arrived, and the forms of who looks. */
export async function reliefPage(ctx: Context, t: Translate, id: string) {
  const household = await findHouseholdOrThrow(ctx, id);
  const records = await findReliefOf(ctx, id);
  const [mayRecord, mayAnswer] = [may(ctx.actor, 'relief.record'), may(ctx.actor, 'relief.answer')];
  return {
    id,
    number: household.number,
    who: shownName(household),
    where: divisionFullName(household.village, ctx.locale),
    today: shanghaiDay(ctx.clock.now()),
    records: records.map(({ _id, kind, department, state, pendingSince, receipts, reason }) => ({
      id: _id,
      kind: t(`relief:kind.${kind}`),
      department,
      pendingSince,
      word: t(`relief:state.${state.name}`),
      family: isSettled(state.name) ? 'done' : 'waiting',
      totalFen: receipts.reduce((sum, { amountFen }) => sum + amountFen, 0),
      receipts,
      reason,
      key: randomId(ctx.random, 'key'),
      mayReceive: mayRecord && (state.name === 'granted' || state.name === 'paying'),
      mayAnswer: mayAnswer && ['referred', 'accepted', 'surveyed', 'posted'].includes(state.name),
    })),
    kinds: reliefKindNames.map((value) => ({ value, label: t(`relief:kind.${value}`) })),
    mayRefer: may(ctx.actor, 'relief.refer'),
    requestKey: randomId(ctx.random, 'key'),
  };
}
