import { addDays, addMonths, endOfMonth, type LocalDate, localDate, yearOf } from '../kernel/local-date';

/** `rolling`: to the end of the same month a year later; `yearEnd`: to 31 December; `none`: for ever (DOMAIN 9, setting `expiry`). */
export const expiryModes = ['rolling', 'yearEnd', 'none'] as const;
type ExpiryMode = (typeof expiryModes)[number];

interface Award {
  mode: ExpiryMode;
  /** The day of the deed: its month is the lot's month. */
  deedOn: LocalDate;
  awardedOn: LocalDate;
  graceDays: number;
}

/**
 * The last day on which an award can be spent, or undefined when it never ends. Never earlier than `graceDays` after the award, so that
 * what is awarded late can still be spent (DOMAIN 9, PT4).
 */
export function lastDayOf({ mode, deedOn, awardedOn, graceDays }: Award): LocalDate | undefined {
  if (mode === 'none') return undefined;
  const regular = mode === 'rolling' ? endOfMonth(addMonths(deedOn, 12)) : localDate(`${yearOf(deedOn)}-12-31`);
  const least = addDays(awardedOn, graceDays);
  if (regular < least) return least;
  return regular;
}
