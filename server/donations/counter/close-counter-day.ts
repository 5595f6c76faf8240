import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { fen } from '../../kernel/money';
import { balanceOf, credit, debit, type Posting, post } from '../../ledger';
import { change, unchanged } from '../../platform/mongo/document-writes';
import { countedFen, denominations, differenceOf, handsOnDay } from './count-cash';
import { cash, cashDiffered, cashDifference, counterDayNoted } from './counter.accounts';
import type { CountCashInput, ExplainInput } from './counter.inputs';
import { counterDayStates } from './counter.states';
import { CounterDay } from './counter-day.model';
import { findCounterDayOrThrow } from './find-counters';

/** Takes no more slips at a counter for this day: from now on the cash lies still, so that it can be counted. @throws `cash.voids-waiting` */
export async function beginCount(ctx: Context, { id }: { id: string }): Promise<CounterDay> {
  const day = await findCounterDayOrThrow(ctx, id);
  if (day.state.name === 'counting') return day; // a second click
  const state = counterDayStates.enter(day.state, 'counting', ctx);
  if (day.voidsAsked > 0) fail('cash.voids-waiting', { count: day.voidsAsked });
  return note(ctx, day, 'countBegun', { state });
}

/**
 * Takes what somebody counted, who was not told what the book says. When both are the same the day is closed; else the difference is
 * named, and waits for a reason and a second person. Counted again, the last count counts and the reason is to be given anew.
 */
export async function countCash(ctx: Context, input: CountCashInput): Promise<CounterDay> {
  const day = await findCounterDayOrThrow(ctx, input.id);
  const pieces = denominations.map((valueFen) => ({ valueFen, count: input[`n${valueFen}`] })).filter(({ count }) => count > 0);
  const totalFen = countedFen(pieces);
  const last = day.counts.at(-1);
  if (last?.by === ctx.actor.id && JSON.stringify(last.pieces) === JSON.stringify(pieces)) return day; // a second click
  const expectedFen = fen(await balanceOf(ctx, cash(day.counter))); // nothing moves it while the day is being counted
  const counts = [...day.counts, { by: ctx.actor.id, at: ctx.clock.now(), pieces, totalFen }];
  const state = counterDayStates.enter(day.state, totalFen === expectedFen ? 'closed' : 'counted', ctx);
  return note(
    ctx,
    day,
    state.name === 'closed' ? 'dayClosed' : 'counted',
    { state, counts, expectedFen, explanation: undefined },
    totalFen,
  );
}

/** Says why the count differs from the book. */
export async function explainDifference(ctx: Context, { id, explanation: text }: ExplainInput): Promise<CounterDay> {
  const day = await findCounterDayOrThrow(ctx, id);
  if (day.explanation?.text === text && day.explanation.by === ctx.actor.id) return day;
  if (day.state.name !== 'counted') fail('state.not-allowed', { from: day.state.name, to: 'closed' });
  return note(ctx, day, 'differenceExplained', { explanation: { text, by: ctx.actor.id, at: ctx.clock.now() } });
}

/**
 * A second person has seen the cash, the difference and the reason: the difference becomes an entry, and the day is closed.
 * @throws `rule.same-person` for whoever counted or gave the reason, `cash.explain-first`.
 */
export async function seeDifference(ctx: Context, { id }: { id: string }): Promise<CounterDay> {
  const day = await findCounterDayOrThrow(ctx, id);
  if (day.state.name === 'closed' && day.state.by === ctx.actor.id) return day;
  const state = counterDayStates.enter(day.state, 'closed', ctx);
  if (!day.explanation) fail('cash.explain-first');
  if (handsOnDay(day).includes(ctx.actor.id)) fail('rule.same-person');
  const difference = differenceOf(day);
  const [tooMuch, sumFen] = [difference > 0, Math.abs(difference)];
  const [inHand, found] = [cash(day.counter), cashDifference(day.counter)];
  await post(ctx, {
    key: `counterDay:${id}:differed`,
    kind: cashDiffered,
    source: { type: 'counterDay', id },
    legs: tooMuch ? [debit(inHand, sumFen), credit(found, sumFen)] : [debit(found, sumFen), credit(inHand, sumFen)],
    guards: [unchanged(CounterDay, day)],
    writes: () => [change(CounterDay, day, { state }), recorded(ctx, 'cash.differed', { type: 'counterDay', id }, { amountFen: sumFen })],
  });
  return findCounterDayOrThrow(ctx, id);
}

async function note(
  ctx: Context,
  day: CounterDay,
  what: 'countBegun' | 'counted' | 'dayClosed' | 'differenceExplained',
  fields: Partial<CounterDay>,
  amountFen?: number,
): Promise<CounterDay> {
  const source: Posting['source'] = { type: 'counterDay', id: day._id };
  await post(ctx, {
    key: `counterDay:${day._id}:${what}:${day.version}`,
    kind: counterDayNoted,
    source,
    ...(amountFen !== undefined && { facts: { amountFen } }),
    guards: [unchanged(CounterDay, day)],
    writes: () => [
      change(CounterDay, day, fields),
      recorded(ctx, `cash.${what}`, source, { ...(amountFen !== undefined && { amountFen }) }),
    ],
  });
  return findCounterDayOrThrow(ctx, day._id);
}
