import { smallCells } from '../kernel/small-cells';

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

/** The cells with neither sum nor count where too few households stand behind them (TR3). */
export function hideSmallCells(cells: readonly Cell[], min: number): ShownCell[] {
  const hidden = smallCells(cells, min);
  return cells.map(({ key, fen, count }) => (hidden.has(key) ? { key } : { key, fen, count }));
}
