import type { Context } from '../kernel/context';
import type { LocalDate } from '../kernel/local-date';
import type { Translate } from '../platform/i18n/translator';
import type { ChipFamily } from '../platform/views/mark-helpers';
import type { Household } from './household.model';

/** A case of aid as the page of its household shows it. */
interface CaseOfHousehold {
  number: string;
  href: string;
  submittedOn: LocalDate;
  chip: { family: ChipFamily; word: string };
  /** Absent until it is decided. */
  approvedFen?: number;
  /** Absent until the money has arrived. */
  paidFen?: number;
}

/** The cases of a household, the newest first; undefined for whoever may not see them. */
type CasesOf = (ctx: Context, t: Translate, household: Household) => Promise<readonly CaseOfHousehold[] | undefined>;

let source: CasesOf | undefined;

/** Lets the room of aid, which stands above this one, show its cases on the page of their household. */
export function showCasesOfHouseholds(casesOf: CasesOf): void {
  source = casesOf;
}

/** What a household has had of aid, with what was paid in all. */
export async function aidOf(ctx: Context, t: Translate, household: Household) {
  const cases = await source?.(ctx, t, household);
  return cases && { cases, paidFen: cases.reduce((sum, { paidFen = 0 }) => sum + paidFen, 0) };
}
