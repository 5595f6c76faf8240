import type { Context } from '../../kernel/context';
import { bookStands, documentLabels, findPoolLines, findPoolsOfClass, kindNames, sumPoolsBy } from '../../ledger';
import type { Translate } from '../../platform/i18n/translator';
import { gift, income, restriction } from '../funds.accounts';
import type { LineFilters } from '../funds.inputs';
import { restrictionOf } from '../restrictions';
import { columnOf } from './columns';
import { restrictedLots } from './find-statement';

const rowsPerPage = 50;

/** The entries behind one figure of the statement, newest first, with their sum: the figure again. */
export async function linesPage(ctx: Context, t: Translate, filters: LineFilters) {
  const { from, to, column, purpose, source, after } = filters;
  const period = { ...(from && { from }), ...(to && { to }), upTo: (await bookStands(ctx)).seq }; // the lines are those of the sum
  const pools = await findPoolsOfClass(ctx, restriction.className);
  const chosen = pools.map(({ code }) => code).filter((code) => purpose === undefined || restrictionOf(code).purpose === purpose);
  const kinds = column && kindNames().filter((kind) => columnOf(kind) === column);
  const stem = source && (source === gift.className ? source : `${income.className}:${source}`);
  const wanted = { ...period, pools: chosen, ...(kinds && { kinds }), ...(stem && { stem }), ...(after && { upTo: after }) };
  const [lines, sums] = await Promise.all([
    findPoolLines(ctx, restrictedLots, wanted, rowsPerPage + 1),
    sumPoolsBy(ctx, restrictedLots, period),
  ]);
  const names = await documentLabels(
    ctx,
    lines.map((line) => line.source),
  );
  const behind = sums.filter((row) => chosen.includes(row.pool) && (!kinds || kinds.includes(row.kind)) && (!stem || row.stem === stem));
  return {
    filters,
    heading: [
      column ? t(`funds:statement.column.${column}`) : t('funds:lines.all'),
      purpose && t(`donations:purpose.${purpose}`),
      source && t(`funds:source.${source}`),
    ]
      .filter(Boolean)
      .join(' · '),
    backHref: from && to ? `/funds/statement?from=${from}&to=${to}` : '/funds/statement',
    inFen: behind.reduce((sum, row) => sum + row.in, 0),
    outFen: behind.reduce((sum, row) => sum + row.out, 0),
    netFen: behind.reduce((sum, row) => sum + row.in - row.out, 0),
    rows: lines.slice(0, rowsPerPage).map((line) => ({
      seq: line.seq,
      href: `/ledger/entries/${line.seq}`,
      effectiveOn: line.effectiveOn,
      kind: t(`kinds:${line.kind}`),
      source: names.get(`${line.source.type}/${line.source.id}`) ?? { text: '' },
      inFen: line.change > 0 ? line.change : undefined,
      outFen: line.change < 0 ? -line.change : undefined,
    })),
    next: lines[rowsPerPage]?.seq,
  };
}
