import type { Context } from '../kernel/context';
import { type AccountView, findAccountOrThrow, findStatementLines, type StatementLine, sumPeriod } from '../ledger';
import type { Translate } from '../platform/i18n/translator';
import { rowsPerPage, type StatementFilters } from './books.inputs';
import { accountHref, entryHref, type Link, type Names, namesFor } from './labels';
import { quantity } from './quantity';

/** One line of a statement: when, which entry, with whom, and what it left. */
interface LineRow {
  effectiveOn: string;
  seq: number;
  href: string;
  kind: string;
  source: Link;
  in: string;
  out: string;
  after: string;
}

/** An account with its sums over a period and its lines, newest first. */
export async function statementPage(ctx: Context, t: Translate, code: string, filters: StatementFilters) {
  const account = await findAccountOrThrow(ctx, code);
  const { from, to, kind, after } = filters;
  const period = { ...(from ? { from } : {}), ...(to ? { to } : {}) };
  const filter = { ...period, ...(kind ? { kind } : {}), ...(after ? { upTo: after } : {}) };
  const [sums, lines] = await Promise.all([sumPeriod(ctx, code, period), findStatementLines(ctx, code, filter, rowsPerPage + 1)]);
  const names = await namesFor(ctx, t, lines, [code]);
  const next = lines.length > rowsPerPage ? lines[rowsPerPage]?.seq : undefined;
  return {
    account,
    name: names.accountOfKind(code).text,
    pool: account.pool ? { text: account.pool, href: `/ledger/pools/${encodeURIComponent(account.pool)}` } : undefined,
    stats: statsOf(t, account, sums),
    rows: lines.slice(0, rowsPerPage).map((line) => rowOf(t, account, line, names)),
    next,
    filters,
  };
}

function statsOf(t: Translate, account: AccountView, sums: { opening: number; in: number; out: number; closing: number }) {
  const parts = ['opening', 'in', 'out', 'closing'] as const;
  return parts.map((part) => ({ label: t(`books:statement.${part}`), text: quantity(t, account.unit, sums[part]) }));
}

function rowOf(t: Translate, account: AccountView, line: StatementLine, names: Names): LineRow {
  const amount = quantity(t, account.unit, Math.abs(line.change));
  const other = line.legs.find((leg) => leg.unit === account.unit && leg.account !== account.code);
  const source = names.source(line);
  return {
    effectiveOn: line.effectiveOn,
    seq: line.seq,
    href: entryHref(line.seq),
    kind: t(`kinds:${line.kind}`),
    source: source.href
      ? source
      : { text: other ? names.accountOfKind(other.account).text : source.text, ...(other ? { href: accountHref(other.account) } : {}) },
    in: line.change > 0 ? amount : '',
    out: line.change < 0 ? amount : '',
    after: quantity(t, account.unit, line.balanceAfter),
  };
}
