import {
  findSignedStatement,
  type Household,
  type IncomeItem,
  type IncomeStatement,
  incomeSources,
  incomeWindow,
  netIncome,
} from '../households';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { addDays, type LocalDate, shanghaiDay, yearOf } from '../kernel/local-date';
import { findReliefOf, reliefWithin } from '../relief';
import type { HouseholdAid } from './household-aid.model';
import { rulesInForce } from './rules-in-force';
import { topUp } from './top-up';
import type { IncomeLine, OtherTopUp, WorkingSheet } from './working-sheet';

interface SheetInput {
  household: Household;
  submittedOn: LocalDate;
  /** What the household has of aid already; undefined for a first case. */
  given: HouseholdAid | undefined;
  /** The case itself, whose own sum does not count against it. */
  caseId: string;
}

/**
 * Takes the working sheet of a household as things stand: members, the income statement that the family has signed, relief received,
 * earlier top-ups, and the rules of the day of submission (DOMAIN 6, AI2-AI4). @throws `aid.no-signed-income`,
 * `aid.income-too-old`.
 */
export async function takeSheet(ctx: Context, { household, submittedOn, given, caseId }: SheetInput): Promise<WorkingSheet> {
  const rules = await rulesInForce(ctx, { submittedOn, village: household.village });
  const window = incomeWindow(rules.windowMode, submittedOn);
  const statement = (await findSignedStatement(ctx, household._id)) ?? fail('aid.no-signed-income');
  if (statement.to < addDays(window.to, -rules.statementAgeDays)) fail('aid.income-too-old', { to: statement.to });
  const income = netIncome(statement, rules.income);
  const relief = reliefWithin(await findReliefOf(ctx, household._id), window.from, window.to);
  const otherTopUps = othersSince(given, caseId, window.from);
  const facts = {
    members: household.members.length,
    lineFen: rules.line.fen,
    netFen: income.netFen,
    reliefFen: sum(relief),
    otherTopUpsFen: sum(otherTopUps),
    thisYearFen: thisYearFen(given, caseId, submittedOn),
    ownCostFen: statement.rigidSpendingFen,
  };
  return {
    takenOn: shanghaiDay(ctx.clock.now()),
    submittedOn,
    window,
    statementId: statement._id,
    line: rules.line,
    income: linesOf(statement, rules.income.deductMigrantCosts),
    deductionsFen: deductionsOf(statement, income.netFen, rules.income.deductMigrantCosts),
    relief,
    otherTopUps,
    facts,
    rule: rules.rule,
    settings: rules.settings,
    sums: topUp(facts, rules.rule),
  };
}

/** Top-ups of the household's other cases since the first day of the window: they are resources of this one (AI3). */
export function othersSince(given: HouseholdAid | undefined, caseId: string, from: LocalDate): OtherTopUp[] {
  const others = (given?.topUps ?? []).filter((one) => one.case !== caseId && one.reservedOn >= from);
  return others.map(({ case: id, number, reservedOn, amountFen }) => ({ case: id, number, on: reservedOn, amountFen }));
}

/** What the year's cap has been used for: top-ups of other cases submitted in the same calendar year (AI4). */
export function thisYearFen(given: HouseholdAid | undefined, caseId: string, submittedOn: LocalDate): number {
  const sameYear = (given?.topUps ?? []).filter((one) => one.case !== caseId && yearOf(one.submittedOn) === yearOf(submittedOn));
  return sum(sameYear);
}

function linesOf({ items }: IncomeStatement, deductMigrantCosts: boolean): IncomeLine[] {
  return items.map((item) => ({ source: item.source, amountFen: item.grossFen - costOf(item, deductMigrantCosts) }));
}

function costOf({ source, costFen }: IncomeItem, deductMigrantCosts: boolean): number {
  const isDeducted = incomeSources[source] === 'operating' || (incomeSources[source] === 'wages' && deductMigrantCosts);
  return isDeducted ? costFen : 0;
}

/** What stands between the lines and the net income: depreciation and taxes, and a loss that the rule does not count. */
function deductionsOf(statement: IncomeStatement, netFen: number, deductMigrantCosts: boolean): number {
  return netFen - sum(linesOf(statement, deductMigrantCosts));
}

function sum(amounts: readonly { amountFen: number }[]): number {
  return amounts.reduce((total, { amountFen }) => total + amountFen, 0);
}
