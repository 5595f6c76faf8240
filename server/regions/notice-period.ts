import { invariant } from '../kernel/errors';
import { addDays, type LocalDate, startOfDay } from '../kernel/local-date';
import { type WorkingCalendar, workingDayOnOrAfter } from './working-days';

/** How long a notice hangs, or any other period in days. */
export interface Period {
  /** The day it is posted. */
  posted: LocalDate;
  /** Days, at least 1. */
  length: number;
  unit: 'working' | 'calendar';
  /** Whether the day of posting counts; normally not (Civil Code 201). */
  countFirstDay: boolean;
  /** Whether an end on a rest day moves to the next working day (Civil Code 203). */
  roll: boolean;
}

export interface PeriodEnd {
  /** The last day of the period, whole. */
  lastDay: LocalDate;
  /** The day from which the next step may be taken. */
  opensOn: LocalDate;
  /** The moment it opens: 00:00 in Shanghai on `opensOn`. */
  opensAt: Date;
  /** True when it reaches a year whose holidays are not published yet: the end may still move. */
  provisional: boolean;
  /** The versions of the calendar it was counted by, to keep with the decision. */
  calendarVersions: readonly string[];
}

/**
 * The end of a period of days (DOMAIN 0 and 6; Civil Code 200-203). A period of working days always ends on one, so `roll` matters for
 * calendar days only. @throws AppError `rule.none-in-force` when it reaches a year without a calendar.
 */
export function noticePeriod(calendar: WorkingCalendar, period: Period): PeriodEnd {
  const { posted, length, unit, countFirstDay, roll } = period;
  invariant(Number.isSafeInteger(length) && length >= 1, 'period.has-a-day', { length });
  const first = countFirstDay ? posted : addDays(posted, 1);
  const end = unit === 'working' ? nthWorkingDay(calendar, first, length) : addDays(first, length - 1);
  const lastDay = roll ? workingDayOnOrAfter(calendar, end) : end;
  const opensOn = addDays(lastDay, 1);
  const used = [calendar(posted), calendar(lastDay)];
  return {
    lastDay,
    opensOn,
    opensAt: startOfDay(opensOn),
    provisional: used.some(({ value }) => !value.published),
    calendarVersions: [...new Set(used.map(({ versionId }) => versionId))],
  };
}

function nthWorkingDay(calendar: WorkingCalendar, from: LocalDate, count: number): LocalDate {
  let day = workingDayOnOrAfter(calendar, from);
  for (let left = count - 1; left > 0; left -= 1) day = workingDayOnOrAfter(calendar, addDays(day, 1));
  return day;
}
