import { type Fen, fen } from '../kernel/money';
import { type IncomeClass, type IncomeItem, incomeSources } from './income-sources';

export interface IncomeFigures {
  items: readonly IncomeItem[];
  depreciationFen: number;
  productionTaxesFen: number;
}

export interface IncomeRules {
  /** `none`: a farm's loss cuts wages; `zero`: operating income counts as 0 at the least (setting `income.lossFloor`). */
  lossFloor: 'none' | 'zero';
  /** Whether rent and living away are taken off wages (setting `income.deductMigrantCosts`). */
  deductMigrantCosts: boolean;
}

/** Net income by class. Operating is after cost, depreciation and taxes, and may be negative; so may the whole. */
export interface NetIncome extends Record<`${IncomeClass}Fen`, Fen> {
  netFen: Fen;
}

/** What one line adds to the net income: its cost is taken off for a farm or shop, and for work away where the county says so. */
export function countedFen(
  { source, grossFen, costFen }: IncomeItem,
  { deductMigrantCosts }: Pick<IncomeRules, 'deductMigrantCosts'>,
): Fen {
  const of = incomeSources[source];
  return fen(of === 'operating' || (of === 'wages' && deductMigrantCosts) ? grossFen - costFen : grossFen);
}

/**
 * `net = wages + operating + property + transfer - operatingCosts - depreciation - productionTaxes` (DOMAIN 2, HH1). Spending on
 * illness is not deducted (HH3).
 */
export function netIncome(figures: IncomeFigures, rules: IncomeRules): NetIncome {
  const sumOf = (wanted: IncomeClass) =>
    fen(figures.items.filter(({ source }) => incomeSources[source] === wanted).reduce((sum, item) => sum + countedFen(item, rules), 0));
  const earned = sumOf('operating') - figures.depreciationFen - figures.productionTaxesFen;

  const operatingFen = fen(rules.lossFloor === 'zero' ? Math.max(0, earned) : earned);
  const [wagesFen, propertyFen, transferFen] = [sumOf('wages'), sumOf('property'), sumOf('transfer')];
  return { wagesFen, operatingFen, propertyFen, transferFen, netFen: fen(wagesFen + operatingFen + propertyFen + transferFen) };
}

/** Whether a household is below a line a head. Not by the figure a head that people see, which is rounded (DOMAIN 2, HH1). */
export function isBelowLine({ netFen, lineFen, members }: { netFen: number; lineFen: number; members: number }): boolean {
  return netFen < lineFen * members;
}

/** Net income a head, rounded down: for showing only. */
export function netPerHead(netFen: number, members: number): Fen {
  return fen(Math.floor(netFen / members));
}
