import { isBelowLine } from '../households';
import { type Fen, fen } from '../kernel/money';
import { type BandRule, shareByBands } from './share-by-bands';

/** The policy's numbers (settings `topUp.*`). */
export interface TopUpRule {
  mode: 'gap' | 'bands';
  yearCapFen: number;
  minimumFen: number;
  bands: BandRule;
}

/** The facts of a case, all within its income window. */
export interface TopUpFacts {
  members: number;
  lineFen: number;
  netFen: number;
  /** Relief received that reduces the shortfall and is not income (S and not I). */
  reliefFen: number;
  /** Top-ups of the household's other cases, paid or reserved since the window's first day. */
  otherTopUpsFen: number;
  /** Top-ups of its cases submitted in the same calendar year, paid and reserved: what the year's cap has left is less by these. */
  thisYearFen: number;
  /** Own cost of illness and the like after all repayments; only mode `bands` looks at it. */
  ownCostFen: number;
}

/** What kept the sum where it is, for the sentence under it. */
type TopUpLimit = 'notBelowLine' | 'noGap' | 'gap' | 'bands' | 'yearCap' | 'minimum';

export interface TopUpSums {
  thresholdFen: Fen;
  resourcesFen: Fen;
  gapFen: Fen;
  byModeFen: Fen;
  roomFen: Fen;
  topUpFen: Fen;
  limit: TopUpLimit;
}

/**
 * The working sheet (DOMAIN 6, AI2-AI4): `resources = net + relief + other top-ups`, `gap = max(0, line * members - resources)`,
 * `topUp = max(0, min(gap, byMode, room of the year))`, 0 below the minimum, never rounded up. So aid never lifts above the line, and
 * more relief never raises it.
 */
export function topUp(facts: TopUpFacts, rule: TopUpRule): TopUpSums {
  const thresholdFen = fen(facts.lineFen * facts.members);
  const resourcesFen = fen(facts.netFen + facts.reliefFen + facts.otherTopUpsFen);
  const gapFen = fen(Math.max(0, thresholdFen - resourcesFen));
  const byModeFen = rule.mode === 'gap' ? gapFen : shareByBands(facts.ownCostFen, rule.bands);
  const roomFen = fen(Math.max(0, rule.yearCapFen - facts.thisYearFen));
  const sums = { thresholdFen, resourcesFen, gapFen, byModeFen, roomFen };

  if (!isBelowLine(facts)) return { ...sums, topUpFen: fen(0), limit: 'notBelowLine' };
  const least = Math.min(gapFen, byModeFen, roomFen);
  if (least === 0) return { ...sums, topUpFen: fen(0), limit: roomFen === 0 && gapFen > 0 ? 'yearCap' : 'noGap' };
  if (least < rule.minimumFen) return { ...sums, topUpFen: fen(0), limit: 'minimum' };
  return { ...sums, topUpFen: fen(least), limit: limitOf(least, sums) };
}

function limitOf(least: number, { gapFen, roomFen }: Pick<TopUpSums, 'gapFen' | 'roomFen'>): TopUpLimit {
  if (least === gapFen) return 'gap';
  return least === roomFen ? 'yearCap' : 'bands';
}

/** What a recomputation on the frozen facts changes: positive is a further top-up, negative is to be recovered (DOMAIN 6, AI7). */
export function correctionFen(decidedFen: number, recomputedFen: number): Fen {
  return fen(recomputedFen - decidedFen);
}
