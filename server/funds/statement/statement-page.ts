import type { Context } from '../../kernel/context';
import { addDays, type LocalDate, localDate, shanghaiDay } from '../../kernel/local-date';
import type { Translate } from '../../platform/i18n/translator';
import type { StatementRow } from './build-statement';
import { columns } from './columns';
import { findStatement, type Period } from './find-statement';

/** The period that is asked for, else the running year; turned round when it was typed the wrong way. */
export function periodOf(ctx: Context, { from, to }: { from?: LocalDate | undefined; to?: LocalDate | undefined }): Period {
  const today = shanghaiDay(ctx.clock.now());
  const end = to ?? today;
  const begin = from ?? localDate(`${end.slice(0, 4)}-01-01`);
  if (begin > end) return { from: begin, to: begin }; // from a day on that has not come yet
  return { from: begin, to: end };
}

/** The statement as a page: each figure opens the entries behind it. */
export async function statementPage(ctx: Context, t: Translate, period: Period) {
  const statement = await findStatement(ctx, period);
  const { from, to } = period;
  const before = addDays(from, -1);
  const shown = columns.filter((column) => column !== 'other' || statement.total.other !== 0);
  const figuresOf = (row: Omit<StatementRow, 'fund' | 'purpose'>, purpose?: string) => [
    { fen: row.opening, href: linesHref({ to: before, purpose }) },
    ...shown.map((column) => ({ fen: row[column], href: linesHref({ from, to, column, purpose }) })),
    { fen: row.closing, href: linesHref({ to, purpose }), isResult: true },
  ];
  return {
    period,
    heads: ['opening', ...shown, 'closing'].map((column) => t(`funds:statement.column.${column}`)),
    rows: statement.rows.map((row) => ({
      name: t(`donations:purpose.${row.purpose}`),
      fund: t(`funds:fund.${row.fund}`),
      figures: figuresOf(row, row.purpose),
    })),
    total: figuresOf(statement.total),
    sources: statement.sources.map(({ source, fen, entries }) => ({
      name: t(`funds:source.${source}`),
      fen,
      entries,
      href: linesHref({ from, to, column: 'in', source }),
    })),
    sourceFen: statement.total.in,
    standing: statement.standing,
    trialHref: `/ledger/trial-balance?day=${to}`,
    agrees: statement.agrees,
    files: { excel: `/funds/statement.xlsx?from=${from}&to=${to}`, pdf: `/funds/statement.pdf?from=${from}&to=${to}` },
  };
}

type Chosen = Partial<Record<'from' | 'to' | 'column' | 'purpose' | 'source', string | undefined>>;

/** The page of the entries that make a figure. */
function linesHref(chosen: Chosen): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(chosen)) if (value !== undefined) search.set(name, value);
  return `/funds/statement/entries?${search}`;
}
