import type { Context } from '../kernel/context';
import type { LocalDate } from '../kernel/local-date';
import { lastSeqOf, type TrialRow, trialBalance, trialBalanceAt, type Unit, unitLabels } from '../ledger';
import type { Translate } from '../platform/i18n/translator';
import { quantity, unitGroup } from './quantity';

/** The trial balance now, or at the end of a day: each class of accounts, both sides, per unit the same sum twice. */
export async function trialBalancePage(ctx: Context, t: Translate, day: LocalDate | undefined) {
  const seq = day ? await lastSeqOf(ctx, day) : undefined;
  const rows = seq === undefined ? await trialBalance(ctx) : await trialBalanceAt(ctx, seq);
  const goods = [...new Set(rows.map(({ unit }) => unit).filter((unit) => unitGroup(unit) === 'goods'))];
  const names = await unitLabels(ctx, goods);
  return {
    day,
    seq,
    units: ['CNY', 'PTS'].filter((unit) => rows.some((row) => row.unit === unit)).map((unit) => unitTable(t, unit, rows)),
    goods: goods.map((unit) => goodsRow(t, unit, names.get(unit)?.text ?? unit.slice('goods:'.length), rows)).sort(byName),
  };
}

function unitTable(t: Translate, unit: Unit, all: readonly TrialRow[]) {
  const rows = all.filter((row) => row.unit === unit);
  return {
    title: t(`books:group.${unitGroup(unit)}`),
    ...sumsOf(t, unit, rows),
    rows: rows.map((row) => ({
      name: t(`accounts:${row.className}`),
      href: classHref(row.className),
      accounts: row.accounts,
      debit: row.debit > 0 ? quantity(t, unit, row.debit) : '',
      credit: row.credit > 0 ? quantity(t, unit, row.credit) : '',
    })),
  };
}

/** One product on one line: what came in, and where it is now; a shelf that is empty is no place where something is. */
function goodsRow(t: Translate, unit: Unit, name: string, all: readonly TrialRow[]) {
  const rows = all.filter((row) => row.unit === unit && row.debit + row.credit > 0);
  const places = rows.map(({ className, debit, credit }) => ({
    name: t(`accounts:${className}`),
    href: classHref(className),
    amount: quantity(t, unit, debit > 0 ? debit : credit),
    isDebit: debit > 0,
  }));
  return { name, ...sumsOf(t, unit, rows), from: places.filter(({ isDebit }) => !isDebit), at: places.filter(({ isDebit }) => isDebit) };
}

function sumsOf(t: Translate, unit: Unit, rows: readonly TrialRow[]) {
  const debit = rows.reduce((sum, row) => sum + row.debit, 0);
  const credit = rows.reduce((sum, row) => sum + row.credit, 0);
  return { agrees: debit === credit, debit: quantity(t, unit, debit), credit: quantity(t, unit, credit) };
}

function classHref(className: string): string {
  return `/ledger/accounts?class=${encodeURIComponent(className)}`;
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}
