import { type LocalDate, monthOf, yearOf } from '../kernel/local-date';
import type { Good } from './goods';

/** How much of a good one household may redeem in a month or year (DOMAIN 10, setting `limit.item`). */
export interface ItemLimit {
  good: Good;
  pieces: number;
  per: 'month' | 'year';
}

/** What a basket takes from one limit. */
export interface LimitUse {
  limit: ItemLimit;
  pieces: number;
  allowance: { rule: string; subject: string; period: string };
}

/** What a basket takes from the limits that hold, all brands and sizes of a good together. */
export function limitUses(
  limits: readonly ItemLimit[],
  { lines, surrogate, day }: { lines: readonly { good: Good; pieces: number }[]; surrogate: string; day: LocalDate },
): LimitUse[] {
  return limits.flatMap((limit) => {
    const pieces = lines.filter(({ good }) => good === limit.good).reduce((total, line) => total + line.pieces, 0);
    return pieces > 0 ? [{ limit, pieces, allowance: limitAllowance(limit, surrogate, day) }] : [];
  });
}

/** The allowance in which a limit is kept: `limit-rice` of a household in a month. */
export function limitAllowance({ good, per }: ItemLimit, surrogate: string, day: LocalDate): LimitUse['allowance'] {
  return { rule: `limit-${good}`, subject: surrogate, period: per === 'month' ? monthOf(day) : String(yearOf(day)) };
}

const line = /^(\S+)\s+(\d{1,6})\s+(\S+)$/;

/** Reads one limit a line: `rice 2 month`. What does not fit the shape is left for the schema to refuse. */
export function readLimits(text: string): unknown[] {
  const lines = text.split('\n').map((one) => one.trim());
  return lines.filter(Boolean).map((one) => {
    const [, good, pieces, per] = line.exec(one) ?? [];
    return { good, pieces: Number(pieces), per };
  });
}

/** Writes limits as {@link readLimits} reads them. */
export function writeLimits(limits: readonly ItemLimit[]): string {
  return limits.map(({ good, pieces, per }) => `${good} ${pieces} ${per}`).join('\n');
}
