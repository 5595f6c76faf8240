import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import type { LocalDate } from '../../kernel/local-date';
import { idOfFact } from '../../platform/crypto/id-of-request';
import { anyOf } from '../../platform/mongo/operators';
import { type Page, pageOf } from '../../platform/mongo/page-of';
import type { PageRequest } from '../../platform/validation/types';
import { CashCounter } from './cash-counter.model';
import { CashDeposit } from './cash-deposit.model';
import { CashSlip } from './cash-slip.model';
import type { CounterDayState } from './counter.states';
import { CounterDay } from './counter-day.model';

type County = Pick<Context, 'ledger'>;
const most = 100;

/** Counters by code. They belong to the county: the guard of the route says who sees them. */
export async function findCounters(ctx: County): Promise<CashCounter[]> {
  return CashCounter.find({ ledger: ctx.ledger }).sort({ code: 1, _id: 1 }).limit(most).lean<CashCounter[]>();
}

/** @throws `not-found` */
export async function findCounterOrThrow(ctx: County, id: string): Promise<CashCounter> {
  return (await CashCounter.findOne({ _id: id, ledger: ctx.ledger }).lean<CashCounter>()) ?? fail('not-found');
}

export function counterDayId(ctx: County, counter: string, day: LocalDate): string {
  return idOfFact(ctx, 'cdy', `${counter}/${day}`);
}

export async function findCounterDay(ctx: County, id: string): Promise<CounterDay | undefined> {
  return (await CounterDay.findOne({ _id: id, ledger: ctx.ledger }).lean<CounterDay>()) ?? undefined;
}

/** @throws `not-found` */
export async function findCounterDayOrThrow(ctx: County, id: string): Promise<CounterDay> {
  return (await findCounterDay(ctx, id)) ?? fail('not-found');
}

/** The days of a counter that are not closed, the oldest first. */
export async function findOpenDays(ctx: County, counter: string): Promise<CounterDay[]> {
  const state = anyOf<CounterDayState>(['open', 'counting', 'counted']);
  return CounterDay.find({ ledger: ctx.ledger, counter, 'state.name': state }).sort({ day: 1 }).lean<CounterDay[]>();
}

export async function findCounterDays(ctx: County, counter: string, page: PageRequest): Promise<Page<CounterDay>> {
  return pageOf(CounterDay, { filter: { ledger: ctx.ledger, counter }, order: { day: -1 } }, page);
}

/** @throws `not-found` */
export async function findSlipOrThrow(ctx: County, id: string): Promise<CashSlip> {
  return (await CashSlip.findOne({ _id: id, ledger: ctx.ledger }).lean<CashSlip>()) ?? fail('not-found');
}

export async function findSlipOfGift(ctx: County, gift: string): Promise<CashSlip | undefined> {
  return (await CashSlip.findOne({ ledger: ctx.ledger, gift }).lean<CashSlip>()) ?? undefined;
}

/** The slips of a counter, or of one of its days, newest first. */
export async function findSlips(ctx: County, of: { counter: string } | { counterDay: string }, page: PageRequest): Promise<Page<CashSlip>> {
  return pageOf(CashSlip, { filter: { ledger: ctx.ledger, ...of }, order: { takenAt: -1 } }, page);
}

/** What a counter has brought to the bank, newest first. */
export async function findDeposits(ctx: County, counter: string, page: PageRequest): Promise<Page<CashDeposit>> {
  return pageOf(CashDeposit, { filter: { ledger: ctx.ledger, counter }, order: { depositedAt: -1 } }, page);
}

/** Cash that is on its way to the bank, as the room that reads the bank's statements sees it. */
export type DepositInTransit = Pick<CashDeposit, '_id' | 'amountFen' | 'day' | 'paper' | 'seq'>;

/** All of it, the oldest first: a few, since each waits for the next statement only. */
export async function findDepositsInTransit(ctx: County): Promise<DepositInTransit[]> {
  return CashDeposit.find({ ledger: ctx.ledger, 'state.name': 'inTransit' }).sort({ depositedAt: 1 }).limit(most).lean<CashDeposit[]>();
}
