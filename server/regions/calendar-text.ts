import { failField } from '../kernel/errors';
import { addDays, daysBetween, isLocalDate, type LocalDate } from '../kernel/local-date';
import type { YearCalendar } from './working-days';

const line = /^([-+])\s*(\S+?)(?:\.\.(\S+))?$/;
const longestPeriod = 31;
const notPublished = '?';

/**
 * A year's calendar as people type it, one day or period a line: `- 2026-10-01..2026-10-07` rests, `+ 2026-10-10` works, a line `?`
 * says that the State Council has not published it. @throws AppError `input.invalid` at `value` for a line that is none of these.
 */
export function readCalendarText(text: string): YearCalendar {
  const lines = text
    .split('\n')
    .map((one) => one.trim())
    .filter(Boolean);
  const days = lines.filter((one) => one !== notPublished).map(readLine);
  return {
    published: !lines.includes(notPublished),
    restDays: days.filter(({ sign }) => sign === '-').flatMap((read) => read.days),
    workDays: days.filter(({ sign }) => sign === '+').flatMap((read) => read.days),
  };
}

/** The lines of a calendar, neighbouring days joined. */
export function writeCalendarText({ published, restDays, workDays }: YearCalendar): string {
  const rest = periodsOf(restDays).map((period) => `- ${period}`);
  const work = periodsOf(workDays).map((period) => `+ ${period}`);
  return [...(published ? [] : [notPublished]), ...rest, ...work].join('\n');
}

function readLine(text: string): { sign: string; days: LocalDate[] } {
  const [, sign = '', first = '', last = first] = line.exec(text) ?? failField('value', 'setting.not-a-calendar');
  if (!isLocalDate(first) || !isLocalDate(last)) return failField('value', 'setting.not-a-calendar');
  const length = daysBetween(first, last) + 1;
  if (length < 1 || length > longestPeriod) failField('value', 'setting.not-a-calendar');
  return { sign, days: Array.from({ length }, (_, index) => addDays(first, index)) };
}

function periodsOf(days: readonly LocalDate[]): string[] {
  const periods: { first: LocalDate; last: LocalDate }[] = [];
  for (const day of [...days].sort()) {
    const current = periods.at(-1);
    if (current && addDays(current.last, 1) === day) current.last = day;
    else periods.push({ first: day, last: day });
  }
  return periods.map(({ first, last }) => (first === last ? first : `${first}..${last}`));
}
