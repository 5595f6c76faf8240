import type { Context } from '../kernel/context';
import { AppError } from '../kernel/errors';
import { type LocalDate, localDate, monthOf, startOfWeek, yearOf } from '../kernel/local-date';
import { accountOf, type EnsuredPosting, findAccounts, grantAllowance, type Leg, useAllowance } from '../ledger';
import { type At, type InForce, noLimit, type SettingDefinition, settingReader } from '../settings';
import { capMonth, capWeek, capYear, villageBudget } from './points.settings';

/** A limit on what may be awarded: kept as an allowance, so that two confirmations at once cannot pass it together. */
export interface Cap {
  name: 'week' | 'month' | 'year' | 'village';
  allowance: { rule: string; subject: string; period: string };
  most: number;
  /** The version of the setting that says so. */
  versionId: string;
}

/**
 * The caps of a household and of its village for a deed of a day; the week is told by its Monday (DOMAIN 9, PT2). Each is the number that
 * held when its period began: it is granted once a period, so a new number holds from the next one on, for everybody alike.
 */
export async function capsFor(
  ctx: Context,
  { surrogate, village, day }: { surrogate: string; village: string; day: LocalDate },
): Promise<Cap[]> {
  const [week, month, year] = [startOfWeek(day), localDate(`${monthOf(day)}-01`), localDate(`${yearOf(day)}-01-01`)];
  const at = { day, place: village };
  const [ofWeek, ofMonth, ofYear, ofVillage] = await Promise.all([
    heldFrom(ctx, capWeek, { ...at, begin: week }),
    heldFrom(ctx, capMonth, { ...at, begin: month }),
    heldFrom(ctx, capYear, { ...at, begin: year }),
    heldFrom(ctx, villageBudget, { ...at, begin: month }),
  ]);
  const cap = (name: Cap['name'], subject: string, period: string, { value, versionId }: InForce<number | typeof noLimit>): Cap[] =>
    value === noLimit
      ? []
      : [{ name, allowance: { rule: name === 'village' ? 'points-budget' : `points-${name}`, subject, period }, most: value, versionId }];
  return [
    ...cap('week', surrogate, week, ofWeek),
    ...cap('month', surrogate, monthOf(day), ofMonth),
    ...cap('year', surrogate, String(yearOf(day)), ofYear),
    ...cap('village', village, monthOf(day), ofVillage),
  ];
}

/** The number in force when a period began; in the county's first period, which began without one, that of the day. */
async function heldFrom<Value>(
  ctx: Context,
  definition: SettingDefinition<Value>,
  { begin, day, place }: At & { begin: LocalDate },
): Promise<InForce<Value>> {
  const read = await settingReader(ctx, definition);
  try {
    return read({ day: begin, place });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'rule.none-in-force') throw error;
    return read({ day, place });
  }
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
