import type { Unit } from '../ledger';
import type { Translate } from '../platform/i18n/translator';
import { formatNumber, formatSum } from '../platform/views/format';

/** An amount of a unit as people read it: ¥1,234.50, 12 分, 3 件. Amounts are fen, points and pieces. */
export function quantity(t: Translate, unit: Unit, amount: number): string {
  if (unit === 'CNY') return formatSum(amount);
  return t(unit === 'PTS' ? 'books:unit.points' : 'books:unit.pieces', { count: amount, text: formatNumber(amount) });
}

/** Units that a page shows under one heading: all goods together, allowances apart. */
export type UnitGroup = 'points' | 'goods' | 'money' | 'limits';

export function unitGroup(unit: Unit): UnitGroup {
  if (unit === 'CNY') return 'money';
  if (unit === 'PTS') return 'points';
  return unit.startsWith('allowance:') ? 'limits' : 'goods';
}
