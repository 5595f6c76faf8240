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

/**
 * `net = wages + operating + property + transfer - operatingCosts - depreciation - productionTaxes` (DOMAIN 2, HH1). Spending on
 * illness is not deducted (HH3).
 */
export function netIncome(figures: IncomeFigures, rules: IncomeRules): NetIncome {
  const sumOf = (wanted: IncomeClass, of: 'grossFen' | 'costFen') =>
    figures.items.filter(({ source }) => incomeSources[source] === wanted).reduce((sum, item) => sum + item[of], 0);
  const earned = sumOf('operating', 'grossFen') - sumOf('operating', 'costFen') - figures.depreciationFen - figures.productionTaxesFen;

  const wagesFen = fen(sumOf('wages', 'grossFen') - (rules.deductMigrantCosts ? sumOf('wages', 'costFen') : 0));
  const operatingFen = fen(rules.lossFloor === 'zero' ? Math.max(0, earned) : earned);
  const propertyFen = fen(sumOf('property', 'grossFen'));
  const transferFen = fen(sumOf('transfer', 'grossFen'));
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
