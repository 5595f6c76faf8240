/** A figure of a public table; `count` is of households and missing where it is hidden. */
export interface Cell {
  key: string;
  fen: number;
  count: number;
}

export interface ShownCell {
  key: string;
  fen?: number;
  count?: number;
}

/**
 * Hides what fewer than `min` households stand behind (DOMAIN 15, TR3). What is hidden can be found together by
 * subtraction from the total, so the next smallest are hidden, too, until two cells and as many households are.
 */
export function hideSmallCells(cells: readonly Cell[], min: number): ShownCell[] {
  const bySize = cells.filter(({ count }) => count > 0).sort((a, b) => a.count - b.count || (a.key < b.key ? -1 : 1));
  const hidden = new Set<string>();
  let behind = 0;
  for (const { key, count } of bySize) {
    const mustHide = count < min || (hidden.size > 0 && (hidden.size < 2 || behind < min));
    if (!mustHide) break;
    hidden.add(key);
    behind += count;
  }
  return cells.map(({ key, fen, count }) => (hidden.has(key) ? { key } : { key, fen, count }));
}
