import { mainBank, provider } from '../../funds';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { addDays, type LocalDate, localDate, shanghaiDay } from '../../kernel/local-date';
import { bookStands, findLinesOfDays } from '../../ledger';
import { idOfFact } from '../../platform/crypto/id-of-request';
import { operator } from '../../platform/mongo/operators';
import { type Page, pageOf } from '../../platform/mongo/page-of';
import type { PageRequest } from '../../platform/validation/types';
import { StatementLine } from '../statements/statement-line.model';
import { DayClose } from './day-close.model';

/** Closes, the newest first. They belong to the county: the guard of the route says who sees them. */
export async function findCloses(ctx: Context, page: PageRequest): Promise<Page<DayClose>> {
  return pageOf(DayClose, { filter: { ledger: ctx.ledger }, order: { day: -1 } }, page);
}

/** The closed days that a day is among. */
export async function findCloseOf(ctx: Context, day: LocalDate): Promise<DayClose | undefined> {
  const days = { from: { $lte: day }, day: { $gte: day } } as const;
  const [found] = await DayClose.aggregate<DayClose>([{ $match: { ledger: ctx.ledger, 'state.name': 'closed', ...days } }]);
  return found;
}

/** The first day that was closed by itself: what lies before it was closed with it. */
export async function firstClosedDay(ctx: Context): Promise<LocalDate | undefined> {
  const [first] = await DayClose.find({ ledger: ctx.ledger, 'state.name': 'closed' }).sort({ day: 1 }).limit(1).lean<DayClose[]>();
  return first?.from;
}

/** Whether book and bank say nothing of a day and of all before it, while no day is closed yet: there is nothing to close. */
export async function isBeforeTheBook(ctx: Context, day: LocalDate): Promise<boolean> {
  const { openFrom } = await bookStands(ctx);
  if (openFrom !== undefined) return false;
  const days = { from: localDate('1900-01-01'), to: day };
  const [inBank, atProvider, line] = await Promise.all([
    findLinesOfDays(ctx, mainBank, days, 1),
    findLinesOfDays(ctx, provider('stripe'), days, 1),
    StatementLine.exists({ ledger: ctx.ledger, day: operator({ $lte: day }) }),
  ]);
  return inBank.length === 0 && atProvider.length === 0 && line === null;
}

/**
 * The days that a close with this last day takes: from the day after the last closed one, so that no day is left between. The first close of
 * all takes its own day, and the book before it is closed with it. @throws `reconciliation.day-not-open` for a
 * closed day, for one before the first close, and for one not over.
 */
export async function daysToClose(ctx: Context, day: LocalDate): Promise<{ id: string; from: LocalDate; to: LocalDate }> {
  const { openFrom } = await bookStands(ctx);
  const isOpen = day < shanghaiDay(ctx.clock.now()) && (openFrom === undefined || day >= openFrom);
  if (!isOpen) fail('reconciliation.day-not-open');
  return { id: idOfFact(ctx, 'cls', `close/${openFrom ?? 'first'}`), from: openFrom ?? day, to: day };
}

/** The signed figures that wait for the second person, for the days that begin here. */
export async function findCloseById(ctx: Context, id: string): Promise<DayClose | undefined> {
  return (await DayClose.findOne({ _id: id, ledger: ctx.ledger }).lean<DayClose>()) ?? undefined;
}

/** The day that would be closed next: yesterday, or undefined when it is closed. */
export async function nextDayToClose(ctx: Context): Promise<LocalDate | undefined> {
  const { openFrom } = await bookStands(ctx);
  const yesterday = addDays(shanghaiDay(ctx.clock.now()), -1);
  return openFrom === undefined || openFrom <= yesterday ? yesterday : undefined;
}
