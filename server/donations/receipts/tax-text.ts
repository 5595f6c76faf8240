import type { DonorKind } from '../donor-kinds';

/** The shares in force on the day of a gift; absent where no number is in force. */
export interface TaxNumbers {
  enterprisePct?: number;
  carryYears?: number;
  personPct?: number;
  /** Whether gifts to this place were to be deducted in full on that day (the 832 listed counties). */
  isFull: boolean;
}

/** Which sentence a giver reads about tax, with its numbers. Advice only (DO6). */
export type TaxText =
  | { key: 'full' }
  | { key: 'enterprise'; percent: number; years: number }
  | { key: 'person'; percent: number }
  | undefined;

/**
 * The tax text of a gift by its giver and the numbers of its day (DO6). A company deducts in full while the list of counties is in
 * force, else up to a share of its profit; a person up to a share of taxable income. Who pays no such tax reads nothing.
 */
export function taxTextOf(donorKind: DonorKind, { enterprisePct, carryYears, personPct, isFull }: TaxNumbers): TaxText {
  if (donorKind === 'company') {
    if (isFull) return { key: 'full' };
    return enterprisePct === undefined || carryYears === undefined
      ? undefined
      : { key: 'enterprise', percent: enterprisePct, years: carryYears };
  }
  return donorKind === 'person' && personPct !== undefined ? { key: 'person', percent: personPct } : undefined;
}
