import { maskedNames, may } from '../../identity';
import type { Context } from '../../kernel/context';
import { fen } from '../../kernel/money';
import { formatYuan } from '../../kernel/money-text';
import { findEntryByKey } from '../../ledger';
import type { Translate } from '../../platform/i18n/translator';
import { CashSlip } from './cash-slip.model';
import { denominations, differenceOf, handsOnDay } from './count-cash';
import type { CounterDay } from './counter-day.model';
import { dayChip, pageOfCounter, pageOfDay } from './counter-pages';
import { findCounterDayOrThrow, findCounterOrThrow } from './find-counters';

/**
 * One day of a counter: the count by notes, then, once there is one, what the book says. Before that no sum of the day is on the page,
 * so that whoever counts does not count towards it.
 */
export async function counterDayPage(ctx: Context, t: Translate, id: string) {
  const day = await findCounterDayOrThrow(ctx, id);
  const [counter, slips, entry] = await Promise.all([
    findCounterOrThrow(ctx, day.counter),
    CashSlip.countDocuments({ ledger: ctx.ledger, counterDay: id }),
    findEntryByKey(ctx, `counterDay:${id}:differed`),
  ]);
  const people = await maskedNames(ctx, [...handsOnDay(day), day.state.by]);
  const who = (person: string) => people.get(person) ?? '';
  const { name } = day.state;
  const mayTake = may(ctx.actor, 'cash.take');
  const hasHand = handsOnDay(day).includes(ctx.actor.id);
  return {
    id,
    href: pageOfDay(id),
    counter: { name: counter.name, href: pageOfCounter(day.counter) },
    day: day.day,
    slips,
    chip: dayChip(t, name),
    isClosed: name === 'closed',
    voidsAsked: day.voidsAsked,
    mayBegin: name === 'open' && mayTake,
    mayCount: name === 'counting' && mayTake,
    mayCountAgain: name === 'counted' && mayTake,
    mayExplain: name === 'counted' && mayTake && !day.explanation,
    explanation: day.explanation && { text: day.explanation.text, by: who(day.explanation.by), at: day.explanation.at },
    maySee: name === 'counted' && Boolean(day.explanation) && !hasHand && may(ctx.actor, 'cash.confirm'),
    waitsForOther: name === 'counted' && Boolean(day.explanation) && hasHand,
    pieces: denominations.map((valueFen) => ({ name: `n${valueFen}`, label: formatYuan(fen(valueFen)) })),
    result: resultOf(t, day, who),
    entrySeq: entry?.seq,
    earlierCounts: day.counts.slice(0, -1).map(({ by, at, totalFen }) => ({ what: formatYuan(totalFen), at, who: who(by) })),
    closedBy: name === 'closed' ? { name: who(day.state.by), at: day.state.at } : undefined,
  };
}

function resultOf(t: Translate, day: CounterDay, who: (person: string) => string) {
  const last = day.counts.at(-1);
  if (!last || day.expectedFen === undefined) return undefined;
  const difference = differenceOf(day);
  return {
    countedFen: last.totalFen,
    expectedFen: day.expectedFen,
    differenceFen: fen(Math.abs(difference)),
    differs: difference !== 0,
    difference: difference === 0 ? undefined : t(`counter:${difference > 0 ? 'tooMuch' : 'tooLittle'}`),
    countedBy: who(last.by),
    countedAt: last.at,
    pieces: last.pieces.map(({ valueFen, count }) => ({ value: formatYuan(fen(valueFen)), count, sumFen: fen(valueFen * count) })),
  };
}
