import { addDays, type LocalDate } from '../../kernel/local-date';

/** A fund is to be filled again when less than the mark is left in it (FU5): at the mark itself it is quiet. */
export function needsRefill(balanceFen: number, refillFen: number): boolean {
  return balanceFen < refillFen;
}

/** How a restriction stands on a day: past its last day, within the days of warning before it (both included), or quiet (FU7). */
export function lastDayAlert(lastDay: LocalDate | undefined, today: LocalDate, warnDays: number): 'past' | 'soon' | undefined {
  if (lastDay === undefined) return undefined;
  if (lastDay < today) return 'past';
  return lastDay <= addDays(today, warnDays) ? 'soon' : undefined;
}
