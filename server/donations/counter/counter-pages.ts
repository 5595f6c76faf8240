import { placesIn, purposes } from '../../funds';
import { maskedNames, may } from '../../identity';
import type { Context } from '../../kernel/context';
import { shanghaiDay } from '../../kernel/local-date';
import { fen } from '../../kernel/money';
import { fenToYuanText } from '../../kernel/money-text';
import { randomId } from '../../kernel/random';
import { balanceOf } from '../../ledger';
import type { Translate } from '../../platform/i18n/translator';
import type { PageRequest } from '../../platform/validation/types';
import type { StateChip } from '../../platform/views/mark-helpers';
import { organisationKinds } from '../donor-kinds';
import type { CashCounter } from './cash-counter.model';
import { cash, cashInTransit } from './counter.accounts';
import { cashGivers } from './counter.inputs';
import type { CounterDayState } from './counter.states';
import {
  counterDayId,
  findCounterDay,
  findCounterDays,
  findCounterOrThrow,
  findCounters,
  findDeposits,
  findOpenDays,
  findSlips,
} from './find-counters';
import { slipRows } from './slip-pages';

const families = { open: 'running', counting: 'waiting', counted: 'check', closed: 'done' } as const satisfies Record<
  CounterDayState,
  StateChip['family']
>;

export function dayChip(t: Translate, state: CounterDayState): StateChip {
  return { family: families[state], word: t(`counter:dayState.${state}`) };
}

export const pageOfDay = (id: string) => `/donations/counter-days/${id}`;
export const pageOfCounter = (id: string) => `/donations/counters/${id}`;

/** What may be seen of a counter's money: nothing while the notes are being counted, since nobody counts blind who knows the sum. */
async function moneyOf(ctx: Context, { _id }: Pick<CashCounter, '_id'>) {
  const open = await findOpenDays(ctx, _id);
  const isCounting = open.some(({ state }) => state.name === 'counting');
  return {
    open,
    isCounting,
    inHandFen: isCounting ? undefined : fen(await balanceOf(ctx, cash(_id))),
    inTransitFen: fen(await balanceOf(ctx, cashInTransit(_id))),
  };
}

/** All counters with what lies there. */
export async function countersPage(ctx: Context, t: Translate) {
  const today = shanghaiDay(ctx.clock.now());
  const counters = await findCounters(ctx);
  return {
    mayOpen: may(ctx.actor, 'cash.openCounter'),
    rows: await Promise.all(
      counters.map(async (counter) => {
        const { inHandFen, inTransitFen } = await moneyOf(ctx, counter);
        const day = await findCounterDay(ctx, counterDayId(ctx, counter._id, today));
        return {
          href: pageOfCounter(counter._id),
          name: counter.name,
          code: counter.code,
          inHandFen,
          inTransitFen,
          chip: day ? dayChip(t, day.state.name) : { family: 'still' as const, word: t('counter:noSlips') },
        };
      }),
    ),
  };
}

/** One counter today: its slips, what lies there, what was brought to the bank, and what can be done next. */
export async function counterPage(ctx: Context, t: Translate, id: string, page: PageRequest) {
  const counter = await findCounterOrThrow(ctx, id);
  const today = shanghaiDay(ctx.clock.now());
  const [money, day, slips, deposits] = await Promise.all([
    moneyOf(ctx, counter),
    findCounterDay(ctx, counterDayId(ctx, id, today)),
    findSlips(ctx, { counter: id }, page),
    findDeposits(ctx, id, { limit: shownDeposits }),
  ]);
  const earlier = money.open.find((one) => one.day < today);
  const mayTake = may(ctx.actor, 'cash.take');
  const isCounted = money.open.some(({ state }) => state.name !== 'open');
  return {
    id,
    name: counter.name,
    code: counter.code,
    href: pageOfCounter(id),
    requestKey: randomId(ctx.random, 'req'),
    inHandFen: money.inHandFen,
    inTransitFen: money.inTransitFen,
    inHandText: money.inHandFen === undefined ? '' : fenToYuanText(money.inHandFen),
    mayTake: mayTake && !earlier && (!day || day.state.name === 'open'),
    mayDeposit: mayTake && !isCounted && (money.inHandFen ?? 0) > 0,
    earlier: earlier && { day: earlier.day, href: pageOfDay(earlier._id) },
    thisDay: day && { href: pageOfDay(day._id), chip: dayChip(t, day.state.name), isOpen: day.state.name === 'open' },
    isCounting: money.isCounting,
    rows: await slipRows(ctx, t, slips.rows),
    next: slips.next,
    deposits: deposits.rows.map(({ amountFen, paper, depositedAt, seq, state }) => ({
      amountFen,
      paper,
      depositedAt,
      href: may(ctx.actor, 'ledger.read') ? `/ledger/entries/${seq}` : undefined,
      chip: { family: state.name === 'arrived' ? 'done' : 'waiting', word: t(`counter:depositState.${state.name}`) } as const,
    })),
  };
}

const shownDeposits = 10;

/** The form of a slip. */
export async function takeCashPage(ctx: Context, t: Translate, id: string) {
  const counter = await findCounterOrThrow(ctx, id);
  const [county = ''] = ctx.actor.grants.map(({ scope }) => scope);
  return {
    counter: { id, name: counter.name, href: pageOfCounter(id) },
    requestKey: randomId(ctx.random, 'req'),
    givers: cashGivers.map((value) => ({ value, label: t(`counter:giver.${value}`) })),
    kinds: organisationKinds.map((value) => ({ value, label: t(`donations:kindOf.${value}`) })),
    purposes: purposes.map((value) => ({ value, label: t(`donations:purpose.${value}`) })),
    places: placesIn(ctx, county),
  };
}

/** The days of a counter, the newest first, with what was counted and how it differed. */
export async function counterDaysPage(ctx: Context, t: Translate, id: string, page: PageRequest) {
  const counter = await findCounterOrThrow(ctx, id);
  const { rows, next } = await findCounterDays(ctx, id, page);
  const people = await maskedNames(
    ctx,
    rows.flatMap(({ counts, state }) => [counts.at(-1)?.by ?? '', state.by]),
  );
  return {
    counter: { id, name: counter.name, href: pageOfCounter(id) },
    next,
    rows: rows.map((day) => {
      const last = day.counts.at(-1);
      return {
        href: pageOfDay(day._id),
        day: day.day,
        countedFen: last?.totalFen,
        differenceFen: last && day.expectedFen !== undefined ? fen(last.totalFen - day.expectedFen) : undefined,
        countedBy: last && (people.get(last.by) ?? ''),
        chip: dayChip(t, day.state.name),
      };
    }),
  };
}
