import type { PublicGiving } from '../../donations';
import { type Cell, hideSmallCells, type ShownCell } from '../hide-small-cells';

/** What an organisation's gifts paid to families, by village; the count is of payments. */
export function villageCells({ statement }: Pick<PublicGiving, 'statement'>): Cell[] {
  const found = new Map<string, { fen: number; seqs: Set<number> }>();
  for (const { kind, seq, village = '', amountFen } of statement.lines.flatMap(({ paid }) => paid)) {
    if (kind !== 'aid') continue;
    const cell = found.get(village) ?? { fen: 0, seqs: new Set() };
    found.set(village, { fen: cell.fen + amountFen, seqs: cell.seqs.add(seq) });
  }
  return [...found].map(([key, { fen, seqs }]) => ({ key, fen, count: seqs.size })).sort((a, b) => (a.key < b.key ? -1 : 1));
}

/**
 * The villages of several organisations together. Each has a page of its own, so that what a cell holds beyond the shown cells of those
 * pages is known by subtraction: where fewer than the least number stand behind that rest, the cell is hidden, too (TR3).
 */
export function villagesTogether(organisations: readonly (readonly Cell[])[], least: number): ShownCell[] {
  const together = new Map<string, Cell & { rest: number }>();
  for (const cells of organisations) {
    const shown = new Map(hideSmallCells(cells, least).map((cell) => [cell.key, cell.count]));
    for (const { key, fen, count } of cells) {
      const before = together.get(key) ?? { key, fen: 0, count: 0, rest: 0 };
      const rest = before.rest + (shown.get(key) === undefined ? count : 0);
      together.set(key, { key, fen: before.fen + fen, count: before.count + count, rest });
    }
  }
  const cells = [...together.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  const asKnown = cells.map(({ rest, ...cell }) => (rest > 0 && rest < least ? { ...cell, count: rest } : cell));
  return hideSmallCells(asKnown, least);
}
