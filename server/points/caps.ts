import type { Context } from '../kernel/context';
import { type LocalDate, monthOf, startOfWeek, yearOf } from '../kernel/local-date';
import { accountOf, type EnsuredPosting, findAccounts, grantAllowance, type Leg, useAllowance } from '../ledger';
import { type InForce, noLimit, settingsInForce } from '../settings';
import { capMonth, capWeek, capYear, villageBudget } from './points.settings';

/** A limit on what may be awarded: kept as an allowance, so that two confirmations at once cannot pass it together. */
export interface Cap {
  name: 'week' | 'month' | 'year' | 'village';
  allowance: { rule: string; subject: string; period: string };
  most: number;
  /** The version of the setting that says so. */
  versionId: string;
}

/** The caps of a household and of its village for a deed of a day; the week is told by its Monday (DOMAIN 9, PT2). */
export async function capsFor(
  ctx: Context,
  { surrogate, village, day }: { surrogate: string; village: string; day: LocalDate },
): Promise<Cap[]> {
  const set = await settingsInForce(
    ctx,
    { week: capWeek, month: capMonth, year: capYear, village: villageBudget },
    { day, place: village },
  );
  const cap = (name: Cap['name'], subject: string, period: string, { value, versionId }: InForce<number | typeof noLimit>): Cap[] =>
    value === noLimit
      ? []
      : [{ name, allowance: { rule: name === 'village' ? 'points-budget' : `points-${name}`, subject, period }, most: value, versionId }];
  return [
    ...cap('week', surrogate, startOfWeek(day), set.week),
    ...cap('month', surrogate, monthOf(day), set.month),
    ...cap('year', surrogate, String(yearOf(day)), set.year),
    ...cap('village', village, monthOf(day), set.village),
  ];
}

/** What each cap still lets through, as the ledger has it now. For proposing an award; the floor decides. */
export async function roomsUnder(ctx: Context, caps: readonly Cap[]): Promise<(Cap & { left: number })[]> {
  const found = await findAccounts(
    ctx,
    caps.map((cap) => accountOf(cap.allowance)),
  );
  const balances = new Map(found.map(({ code, balance }) => [code, balance]));
  return caps.map((cap) => ({ ...cap, left: balances.get(accountOf(cap.allowance)) ?? cap.most }));
}

/** Grants what was not yet granted in this period. A cap of 0 grants nothing, so nothing can be taken from it. */
export function grantsOf(caps: readonly Cap[]): EnsuredPosting[] {
  return caps.filter(({ most }) => most > 0).map((cap) => grantAllowance(cap.allowance, cap.most));
}

/** Takes an award from all of its caps. */
export function usesOf(caps: readonly Cap[], award: number): Leg[] {
  return caps.flatMap((cap) => useAllowance(cap.allowance, award));
}
