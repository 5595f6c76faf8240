import type { LocalDate } from '../../kernel/local-date';
import { type Fen, fen } from '../../kernel/money';
import type { GoodsLine } from './goods-offer.model';

/** What the papers say of one line: the price of one unit, and which paper. */
export interface Supported {
  unitFen?: Fen;
  evidence?: string;
}

/** True for goods that may no longer be used, whatever was found when they were looked at. */
export function isSpoilt({ lastDay }: Pick<GoodsLine, 'lastDay'>, today: LocalDate): boolean {
  return lastDay !== undefined && lastDay < today;
}

/** The lines with what of them may be used today. */
export function usableToday(lines: readonly GoodsLine[], today: LocalDate): GoodsLine[] {
  return lines.map((line) => (line.usable && isSpoilt(line, today) ? { ...line, usable: 0 } : line));
}

/**
 * Values what was found good at the price that evidence supports, whatever was declared (DO3): 200 bags invoiced at 59.80 and declared at
 * 13,000 are 11,960. What nothing supports is kept by name only and is no income.
 */
export function valueLines(lines: readonly GoodsLine[], supported: readonly Supported[]): GoodsLine[] {
  return lines.map((line, at) => {
    const { unitFen, evidence } = supported[at] ?? {};
    const usable = line.usable ?? 0;
    if (unitFen === undefined || usable === 0) return line;
    return { ...line, unitFen, valueFen: fen(unitFen * usable), ...(evidence !== undefined && { valueEvidence: evidence }) };
  });
}

/** What all lines together are worth in the book. */
export function totalValue(lines: readonly Pick<GoodsLine, 'valueFen'>[]): Fen {
  return fen(lines.reduce((sum, { valueFen = 0 }) => sum + valueFen, 0));
}

/** What of a line waits for a shelf. */
export function leftToShelve({ usable = 0, shelved }: Pick<GoodsLine, 'usable' | 'shelved'>): number {
  return usable - shelved;
}
