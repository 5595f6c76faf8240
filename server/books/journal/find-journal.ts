import type { Context } from '../../kernel/context';
import { isDivisionCode, levelOf } from '../../kernel/division-code';
import { AppError, fail } from '../../kernel/errors';
import { addDays, type LocalDate, localDate, shanghaiDay } from '../../kernel/local-date';
import { findEntries, lastSeqOf, trialBalanceAt } from '../../ledger';
import { settingInForce } from '../../settings';
import type { CodeRow } from './account-codes';
import { buildJournal, type Journal } from './build-journal';
import { journalAccounts } from './journal.settings';

const most = 200_000;

/** A month of recording. What is recorded after it is of a later month, whatever its own day, so a month that is over never changes. */
export interface Month {
  /** `2026-10`. */
  month: string;
  from: LocalDate;
  to: LocalDate;
  isOver: boolean;
}

export function monthOf(month: string, today: LocalDate): Month {
  const from = localDate(`${month}-01`);
  const to = addDays(firstOfNext(from), -1);
  return { month, from, to, isOver: to < today };
}

/** The last month that is over. */
export function lastMonth(today: LocalDate): string {
  return addDays(localDate(`${today.slice(0, 7)}-01`), -1).slice(0, 7);
}

/** The codes in force on a day; those of today for months from before there were any. */
async function codesOn(ctx: Context, day: LocalDate): Promise<readonly CodeRow[]> {
  const today = shanghaiDay(ctx.clock.now());
  try {
    return (await settingInForce(ctx, journalAccounts, { day, place: countyOf(ctx) })).value;
  } catch (error) {
    if (error instanceof AppError && error.code === 'rule.none-in-force' && day < today) return codesOn(ctx, today);
    throw error;
  }
}

/** The county of who asks: the codes are its own. */
function countyOf({ actor }: Pick<Context, 'actor'>): string {
  return actor.grants.find(({ scope }) => isDivisionCode(scope) && levelOf(scope) === 'county')?.scope ?? '';
}

function firstOfNext(from: LocalDate): LocalDate {
  return localDate(`${addDays(from, 31).slice(0, 7)}-01`);
}

/**
 * The journal of a month with the codes in force on its last day: so a month that is over is the same whenever it is asked for.
 * @throws `rule.none-in-force`, `journal.too-large`.
 */
export async function findJournal(ctx: Context, { from, to, isOver }: Month): Promise<Journal> {
  const [codes, before, after] = await Promise.all([
    codesOn(ctx, isOver ? to : shanghaiDay(ctx.clock.now())),
    lastSeqOf(ctx, addDays(from, -1)),
    lastSeqOf(ctx, to),
  ]);
  if (after - before > most) fail('journal.too-large', { most });
  const [entries, opening, closing] = await Promise.all([
    after > before ? findEntries(ctx, { from, to, upTo: after }, most) : [],
    trialBalanceAt(ctx, before),
    trialBalanceAt(ctx, after),
  ]);
  return buildJournal(entries.reverse(), codes, opening, closing);
}
