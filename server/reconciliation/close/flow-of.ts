import type { LocalDate } from '../../kernel/local-date';
import type { Flow } from './day-close.model';

export interface Days {
  from: LocalDate;
  to: LocalDate;
}

/** What came in and what went out of some sums, and how many there are. */
export function flowOf(amounts: readonly number[]): Flow {
  const sum = (some: readonly number[]) => some.reduce((total, amount) => total + amount, 0);
  return {
    inFen: sum(amounts.filter((amount) => amount > 0)),
    outFen: sum(amounts.filter((amount) => amount < 0).map((amount) => -amount)),
    count: amounts.length,
  };
}
