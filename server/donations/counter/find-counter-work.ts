import { may } from '../../identity';
import type { Context } from '../../kernel/context';
import { shanghaiDay } from '../../kernel/local-date';
import { anyOf, operator } from '../../platform/mongo/operators';
import { CashSlip } from './cash-slip.model';
import { handsOnDay } from './count-cash';
import type { CounterDayState } from './counter.states';
import { CounterDay } from './counter-day.model';

/** What waits for this finance officer: slips to void, differences to see that others have, and days before today that are not closed. */
export async function countCounterWork(ctx: Context): Promise<number> {
  if (!may(ctx.actor, 'cash.confirm')) return 0;
  const today = shanghaiDay(ctx.clock.now());
  const [slips, days] = await Promise.all([
    CashSlip.countDocuments({ ledger: ctx.ledger, 'state.name': 'voidAsked', 'voiding.askedBy': operator({ $ne: ctx.actor.id }) }),
    CounterDay.find({ ledger: ctx.ledger, 'state.name': anyOf<CounterDayState>(['open', 'counting', 'counted']) }).lean<CounterDay[]>(),
  ]);
  const mine = days.filter(({ day, explanation, ...rest }) =>
    explanation ? !handsOnDay({ ...rest, explanation }).includes(ctx.actor.id) : day < today,
  );
  return slips + mine.length;
}
