import type { Context } from '../kernel/context';
import type { LocalDate } from '../kernel/local-date';
import { lastSeqOf, type TrialRow, trialBalance, trialBalanceAt } from '../ledger';
import type { Translate } from '../platform/i18n/translator';
import { quantity, unitGroup } from './quantity';

/** The trial balance now, or at the end of a day: each class of accounts, both sides, per unit the same sum twice. */
export async function trialBalancePage(ctx: Context, t: Translate, day: LocalDate | undefined) {
  const seq = day ? await lastSeqOf(ctx, day) : undefined;
  const rows = seq === undefined ? await trialBalance(ctx) : await trialBalanceAt(ctx, seq);
  const units = [...new Set(rows.map((row) => row.unit))].sort(byGroup);
  return {
    day,
    seq,
    units: units.map((unit) =>
      unitTable(
        t,
        unit,
        rows.filter((row) => row.unit === unit),
      ),
    ),
  };
}

function unitTable(t: Translate, unit: string, rows: readonly TrialRow[]) {
  const debit = rows.reduce((sum, row) => sum + row.debit, 0);
  const credit = rows.reduce((sum, row) => sum + row.credit, 0);
  const group = unitGroup(unit);
  return {
    title: group === 'goods' ? `${t('books:group.goods')} ${unit.slice('goods:'.length)}` : t(`books:group.${group}`),
    agrees: debit === credit,
    debit: quantity(t, unit, debit),
    credit: quantity(t, unit, credit),
    rows: rows.map((row) => ({
      name: t(`accounts:${row.className}`),
      href: `/ledger/accounts?class=${encodeURIComponent(row.className)}`,
      accounts: row.accounts,
      debit: row.debit > 0 ? quantity(t, unit, row.debit) : '',
      credit: row.credit > 0 ? quantity(t, unit, row.credit) : '',
    })),
  };
}

function byGroup(a: string, b: string): number {
  const order = ['money', 'points', 'goods', 'limits'];
  return order.indexOf(unitGroup(a)) - order.indexOf(unitGroup(b)) || (a < b ? -1 : 1);
}
