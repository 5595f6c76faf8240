/**
 * Which cells of a public table are hidden because fewer than `min` households stand behind them (DOMAIN 15, TR3). What is hidden can be
 * found together by subtraction from the total, so the next smallest are hidden, too, until two cells and as many households are.
 */
export function smallCells(cells: readonly { key: string; count: number }[], min: number): ReadonlySet<string> {
  const bySize = cells.filter(({ count }) => count > 0).sort((a, b) => a.count - b.count || (a.key < b.key ? -1 : 1));
  const hidden = new Set<string>();
  let behind = 0;
  for (const { key, count } of bySize) {
    const mustHide = count < min || (hidden.size > 0 && (hidden.size < 2 || behind < min));
    if (!mustHide) break;
    hidden.add(key);
    behind += count;
  }
  return hidden;
}
