import { invariant } from '../kernel/errors';
import type { LocalDate } from '../kernel/local-date';
import type { Account } from './account-state';
import type { AccountCode, PoolCode } from './chart';
import type { NewLot } from './posting';
import type { CommitState } from './state';

/** What the parts of a lot keep wherever they go. */
export interface LotNature {
  origin?: string | undefined;
  lastDay?: LocalDate | undefined;
  unitCost?: number | undefined;
}

/**
 * The code of the lot that parts of another form in a pool: one for each origin, last day and unit cost. Two costs in one lot would
 * take more book value out of it than it has.
 */
export function lotCode(pool: PoolCode, { origin = '', lastDay, unitCost }: LotNature): AccountCode {
  const cost = unitCost === undefined ? [] : [`c${unitCost}`];
  return `${pool}:${[origin, ...(lastDay ? [lastDay] : []), ...cost].join('~')}`;
}

/** The last day of the parts that a draw puts into a pool: that of their lot, unless the draw says otherwise. */
export function lastDayInto({ lastDay: said }: { lastDay?: LocalDate | 'none' }, own: LocalDate | undefined): LocalDate | undefined {
  if (said === undefined) return own;
  return said === 'none' ? undefined : said;
}

/** Opens the lot of a pool for parts of another lot, or finds it there. */
export function lotForParts(state: CommitState, pool: PoolCode, source: Account, order: string, lastDay: LocalDate | undefined): Account {
  const origin = source.origin ?? source.code;
  const nature = {
    origin,
    ...(lastDay ? { lastDay } : {}),
    ...(source.unitCost === undefined ? {} : { unitCost: source.unitCost }),
  };
  const code = lotCode(pool, nature);
  const there = state.account(code);
  if (!there) return state.openLot({ ...nature, code, pool, order: orderKey(order, code) }, 0);
  const alike = there.origin === origin && there.lastDay === lastDay && there.unitCost === source.unitCost;
  invariant(alike, 'lot.parts-of-one-kind', { lot: code });
  return there;
}

/** What one piece of a new lot is worth, rounded down; the last piece takes the rest. Undefined for lots without book value. */
export function unitCostOf({ value, amount }: Pick<NewLot, 'value' | 'amount'>): number | undefined {
  return value === undefined ? undefined : Math.floor(value / amount);
}

/**
 * Order keys end with the lot's code, so that no two lots of a pool share one. The blank sorts before whatever a key may hold: a key
 * that begins another comes first.
 */
export function orderKey(order: string, lot: AccountCode): string {
  return `${order} ${lot}`;
}

/** The order that a lot was given, without its code. */
export function orderOf(lot: Account): string {
  return (lot.order ?? '').slice(0, (lot.order ?? '').lastIndexOf(' '));
}

/** The order of what comes back with a new last day: a lot that was ordered by its last day still is. */
export function orderFrom(lot: Account, lastDay: LocalDate): string {
  const order = orderOf(lot);
  return lot.lastDay && order.startsWith(lot.lastDay) ? lastDay + order.slice(lot.lastDay.length) : order;
}
