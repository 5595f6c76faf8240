import type { Context } from '../kernel/context';
import { accountClassNames, findAccountsOfClass, findEntries, kindNames } from '../ledger';
import type { Translate } from '../platform/i18n/translator';
import { rowsPerPage, type StatementFilters } from './books.inputs';
import { entryHref, namesFor } from './labels';
import { quantity, unitGroup } from './quantity';

/** Entries newest first, with what each moved. */
export async function entriesPage(ctx: Context, t: Translate, filters: StatementFilters) {
  const { from, to, kind, after } = filters;
  const filter = { ...(from ? { from } : {}), ...(to ? { to } : {}), ...(kind ? { kind } : {}), ...(after ? { upTo: after } : {}) };
  const found = await findEntries(ctx, filter, rowsPerPage + 1);
  const shown = found.slice(0, rowsPerPage);
  const names = await namesFor(ctx, t, shown);
  return {
    filters,
    kinds: kindNames().map((name) => ({ value: name, label: t(`kinds:${name}`) })),
    rows: shown.map((entry) => ({
      seq: entry.seq,
      href: entryHref(entry.seq),
      effectiveOn: entry.effectiveOn,
      recordedAt: new Date(entry.recordedAt),
      kind: t(`kinds:${entry.kind}`),
      source: names.source(entry),
      moved: movedText(t, entry.legs),
    })),
    next: found[rowsPerPage]?.seq,
  };
}

/** Accounts of one class with their balances. */
export async function accountsPage(ctx: Context, t: Translate, filters: { class?: string | undefined; after?: string | undefined }) {
  const classes = accountClassNames()
    .filter((name) => !name.startsWith('allowance'))
    .map((name) => ({ value: name, label: t(`accounts:${name}`) }));
  const className = classes.some(({ value }) => value === filters.class) ? filters.class : undefined;
  const found = className ? await findAccountsOfClass(ctx, className, filters.after, rowsPerPage + 1) : [];
  const shown = found.slice(0, rowsPerPage);
  const names = await namesFor(
    ctx,
    t,
    [],
    shown.map((account) => account.code),
  );
  return {
    classes,
    className,
    rows: shown.map((account) => ({
      account: names.account(account.code),
      code: account.code,
      status: account.status,
      balance: quantity(t, account.unit, account.balance),
    })),
    next: found.length > rowsPerPage ? shown.at(-1)?.code : undefined,
  };
}

/** What an entry moved in each kind of unit: the larger side of its legs, limits left out. */
function movedText(t: Translate, legs: readonly { unit: string; amount: number }[]): string {
  const sums = new Map<string, number>();
  for (const leg of legs) if (leg.amount > 0) sums.set(leg.unit, (sums.get(leg.unit) ?? 0) + leg.amount);
  const shown = [...sums].filter(([unit]) => unitGroup(unit) !== 'limits');
  return shown.map(([unit, amount]) => quantity(t, unit, amount)).join(t('books:and'));
}
