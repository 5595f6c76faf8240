import type { Context } from '../../kernel/context';
import { fen } from '../../kernel/money';
import type { Translate } from '../../platform/i18n/translator';
import { makePdf, type PrintedPage } from '../../platform/pdf/make-pdf';
import { type Sheet, writeWorkbook } from '../../platform/spreadsheets/write-workbook';
import { formatDay, formatSum } from '../../platform/views/format';
import type { StatementRow } from './build-statement';
import { columns } from './columns';
import { type FundStatement, findStatement, type Period } from './find-statement';

type Content = PrintedPage['content'][number];
type SheetColumn = Sheet['columns'][number];
type Cell = NonNullable<Sheet['total']>[number];
/** A cell of a printed table. */
interface Printed {
  text: string;
  style?: string;
  alignment?: 'right';
  bold?: true;
}

const fields = ['opening', ...columns, 'closing'] as const;

/** The statement as a workbook: by purpose, by source, what lies where. */
export async function statementWorkbook(ctx: Context, t: Translate, county: string, period: Period): Promise<Buffer> {
  const statement = await findStatement(ctx, period);
  const above = [titleOf(t, county), periodText(ctx, t, period), t(`funds:statement.agrees.${statement.agrees}`)];
  const figures = (row: Omit<StatementRow, 'purpose' | 'fund'>) => fields.map((field) => fen(row[field]));
  const sum: SheetColumn = { head: t('funds:statement.sum'), kind: 'yuan', width: 18 };
  return writeWorkbook([
    {
      name: t('funds:statement.byPurpose'),
      above,
      columns: [
        { head: t('funds:income.fund'), kind: 'text', width: 20 },
        { head: t('funds:list.purpose'), kind: 'text', width: 24 },
        ...fields.map((field): SheetColumn => ({ head: t(`funds:statement.column.${field}`), kind: 'yuan', width: 16 })),
      ],
      rows: statement.rows.map((row): Cell[] => [t(`funds:fund.${row.fund}`), t(`donations:purpose.${row.purpose}`), ...figures(row)]),
      total: [t('funds:list.total'), undefined, ...figures(statement.total)],
    },
    {
      name: t('funds:statement.bySource'),
      above,
      columns: [
        { head: t('funds:income.source'), kind: 'text', width: 24 },
        { head: t('funds:statement.entries'), kind: 'whole', width: 10 },
        sum,
      ],
      rows: statement.sources.map((row): Cell[] => [t(`funds:source.${row.source}`), row.entries, fen(row.fen)]),
      total: [t('funds:list.total'), undefined, fen(statement.total.in)],
    },
    {
      name: t('funds:statement.standing'),
      above,
      columns: [{ head: t('funds:statement.where'), kind: 'text', width: 30 }, sum],
      rows: standingLines(t, statement).map(({ label, amount }): Cell[] => [label, fen(amount)]),
    },
  ]);
}

/** The same on A4, lying, for the file and the wall. */
export async function statementPdf(ctx: Context, t: Translate, county: string, period: Period): Promise<Buffer> {
  const statement = await findStatement(ctx, period);
  const figure = (amount: number): Printed => ({ text: formatSum(amount, 'bare'), style: 'figure' });
  const head = (text: string, right = false): Printed => ({ text, style: 'tableHead', ...(right && { alignment: 'right' }) });
  const bold = (cells: Printed[]) => cells.map((cell): Printed => ({ ...cell, bold: true }));
  const content: Content[] = [
    { text: titleOf(t, county), style: 'title' },
    { text: `${periodText(ctx, t, period)}　${t('funds:statement.unit')}`, style: 'subtitle' },
    {
      layout: 'lightHorizontalLines',
      table: {
        headerRows: 1,
        widths: ['*', ...fields.map(() => 'auto')],
        body: [
          [head(t('funds:list.purpose')), ...fields.map((field) => head(t(`funds:statement.column.${field}`), true))],
          ...statement.rows.map((row) => [
            { text: `${t(`donations:purpose.${row.purpose}`)}\n${t(`funds:fund.${row.fund}`)}` },
            ...fields.map((field) => figure(row[field])),
          ]),
          bold([{ text: t('funds:list.total') }, ...fields.map((field) => figure(statement.total[field]))]),
        ],
      },
    },
    { text: t('funds:statement.bySource'), style: 'heading' },
    twoColumns(statement.sources.map(({ source, fen: amount }) => [t(`funds:source.${source}`), amount])),
    { text: t('funds:statement.standing'), style: 'heading' },
    twoColumns(standingLines(t, statement).map(({ label, amount }) => [label, amount])),
    { text: t(`funds:statement.agrees.${statement.agrees}`), style: 'small', margin: [0, 8, 0, 0] },
  ];
  return makePdf({
    title: titleOf(t, county),
    author: county,
    content,
    foot: t('funds:statement.foot'),
    pageOf: (page, pages) => t('funds:statement.pageOf', { page, pages }),
    landscape: true,
  });

  function twoColumns(rows: readonly (readonly [string, number])[]): Content {
    if (rows.length === 0) return { text: t('funds:statement.none'), style: 'small' };
    return {
      layout: 'lightHorizontalLines',
      table: { widths: [260, 120], body: rows.map(([label, amount]) => [{ text: label }, figure(amount)]) },
    };
  }
}

function titleOf(t: Translate, county: string): string {
  return t('funds:statement.of', { county });
}

function periodText(ctx: Context, t: Translate, { from, to }: Period): string {
  return t('funds:statement.period', { from: formatDay(from, ctx.locale), to: formatDay(to, ctx.locale) });
}

function standingLines(t: Translate, { standing }: FundStatement) {
  const always: readonly (keyof typeof standing)[] = ['freeFen', 'reservedFen', 'moneyFen'];
  const parts = (['freeFen', 'reservedFen', 'apartFen', 'otherFen', 'moneyFen'] as const).filter(
    (part) => always.includes(part) || standing[part] !== 0,
  );
  return parts.map((part) => ({ label: t(`funds:statement.${part}`), amount: standing[part] }));
}
