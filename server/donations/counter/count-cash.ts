import { type Fen, fen } from '../../kernel/money';

/** The notes and coins of the renminbi that are still handed out, by their value in fen, largest first. */
export const denominations = [100_00, 50_00, 20_00, 10_00, 5_00, 1_00, 50, 10] as const;

/** The sum of what lies on the table. */
export function countedFen(pieces: readonly { valueFen: number; count: number }[]): Fen {
  return fen(pieces.reduce((sum, { valueFen, count }) => sum + valueFen * count, 0));
}

/** How a count differs from the book: too much is positive. */
export function differenceOf({ counts, expectedFen }: { counts: readonly { totalFen: number }[]; expectedFen?: number }): number {
  const last = counts.at(-1);
  return last && expectedFen !== undefined ? last.totalFen - expectedFen : 0;
}

/** Whoever counted or gave the reason is not the one who sees to it (DOMAIN 0). */
export function handsOnDay(day: { counts: readonly { by: string }[]; explanation?: { by: string } | undefined }): string[] {
  return [...day.counts.map(({ by }) => by), ...(day.explanation ? [day.explanation.by] : [])];
}
