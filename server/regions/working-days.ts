import { addDays, type LocalDate } from '../kernel/local-date';

/** Which days differ from the weekends: public holidays, and weekend days at work, as the State Council sets them each year. */
export interface YearCalendar {
  /** False until the State Council has published the year: then only weekends rest. */
  published: boolean;
  restDays: readonly LocalDate[];
  workDays: readonly LocalDate[];
}

/** The calendar that holds on a day, and the version it comes from; periods cross the new year, so it is asked day by day. */
export type WorkingCalendar = (day: LocalDate) => { value: YearCalendar; versionId: string };

/** True on Saturday and Sunday. */
export function isWeekend(day: LocalDate): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}

/**
 * Whether the county works on a day: Monday to Friday, less holidays, plus weekend days at work.
 * @throws AppError `rule.none-in-force` for a year that nobody has set.
 */
export function isWorkingDay(calendar: WorkingCalendar, day: LocalDate): boolean {
  const { restDays, workDays } = calendar(day).value;
  return isWeekend(day) ? workDays.includes(day) : !restDays.includes(day);
}

/** The day itself, or the first working day after it. Throws like {@link isWorkingDay}. */
export function workingDayOnOrAfter(calendar: WorkingCalendar, day: LocalDate): LocalDate {
  let next = day;
  while (!isWorkingDay(calendar, next)) next = addDays(next, 1);
  return next;
}
