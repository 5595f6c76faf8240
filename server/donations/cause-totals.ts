import { smallCells } from '../kernel/small-cells';
import type { Helped } from './trace-gift';

/** How many families a gift has reached, and by which causes; `rest` are those of causes that are not told apart. */
export interface CauseTotals {
  households: number;
  causes: readonly { cause: string; households: number }[];
  rest: number;
}

/**
 * Families by cause, for a page that shows village, month and sum of each use (TR4). Families are counted, never sums: a sum of a cause could
 * be put together from the sums beside it. One is counted once, by the cause of its first payment. They are counted in steps of `least`:
 * counted one by one, whoever looks every day would see which cause grows with which new line. A single cause is that of every line.
 */
export function causeTotals(helped: readonly Helped[], least: number): CauseTotals {
  const first = new Map<string, string>();
  for (const { household, cause } of helped) if (!first.has(household)) first.set(household, cause);
  const counted = [...first.values()].slice(0, first.size - (first.size % least));
  const counts = new Map<string, number>();
  for (const cause of counted) counts.set(cause, (counts.get(cause) ?? 0) + 1);
  const cells = [...counts].map(([key, count]) => ({ key, count }));
  const hidden = smallCells(cells, least);
  const shown = counts.size < 2 ? [] : cells.filter(({ key }) => !hidden.has(key));
  return {
    households: counted.length,
    causes: shown
      .sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1))
      .map(({ key, count }) => ({ cause: key, households: count })),
    rest: counted.length - shown.reduce((sum, { count }) => sum + count, 0),
  };
}
