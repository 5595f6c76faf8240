/**
 * Where a household's money comes from, and the class of income it belongs to (DOMAIN 2, HH2; the classes of rural per-capita net income).
 * Aid tied to a use and one-off aid (condolence, temporary relief) are no income and have no place here.
 */
export const incomeSources = {
  labour: 'wages',
  welfarePost: 'wages',
  farming: 'operating',
  business: 'operating',
  property: 'property',
  pension: 'transfer',
  subsistenceAllowance: 'transfer',
  extremeDifficultySupport: 'transfer',
  subsidy: 'transfer',
  familySupport: 'transfer',
} as const satisfies Record<string, IncomeClass>;

export type IncomeClass = 'wages' | 'operating' | 'property' | 'transfer';
export type IncomeSource = keyof typeof incomeSources;

export const incomeSourceNames = Object.keys(incomeSources) as IncomeSource[];

/** One line of an income statement. `costFen`: running cost of a farm or shop, or of living away for wages. */
export interface IncomeItem {
  source: IncomeSource;
  grossFen: number;
  costFen: number;
}
