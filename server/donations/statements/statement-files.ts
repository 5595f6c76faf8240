import type { Context } from '../../kernel/context';
import { fen } from '../../kernel/money';
import type { Translate } from '../../platform/i18n/translator';
import { makePdf, type PrintedPage } from '../../platform/pdf/make-pdf';
import { type Sheet, writeWorkbook } from '../../platform/spreadsheets/write-workbook';
import { formatDay, formatNumber, formatSum } from '../../platform/views/format';
import { divisionFullName } from '../../regions';
import type { Donor } from '../donor.model';
import { restrictionText } from '../gift-words';
import type { DonorStatement } from './find-statement';
import { shownColumns } from './statement-page';
import { sumNames } from './statement-row';
import { paidByVillage, taxOfPeriod } from './statement-words';

type Content = PrintedPage['content'][number];
type Cell = NonNullable<Sheet['total']>[number];

/** What the files say of the county and themselves. */
export interface StatementSetup {
  county: string;
  /** Whether the county is a demonstration: its papers say that they are none. */
  demo: boolean;
}

/** The statement as a workbook: each gift with its sums, then each payment with its village. */
export async function statementWorkbook(
  ctx: Context,
  t: Translate,
  donor: Donor,
  statement: DonorStatement,
  setup: StatementSetup,
): Promise<Buffer> {
  const above = headLines(ctx, t, donor, statement, setup);
  const head = (key: string) => t(`donations:statement.${key}`);
  return writeWorkbook([
    {
      name: head('gifts'),
      above: [...above, head(`agrees.${statement.agrees}`)],
      columns: [
        { head: t('donations:my.number'), kind: 'text', width: 18 },
        { head: t('donations:my.day'), kind: 'date', width: 14 },
        { head: t('donations:my.purpose'), kind: 'text', width: 28 },
        ...sumNames.map((name) => ({ head: head(`column.${name}`), kind: 'yuan' as const, width: 16 })),
      ],
      rows: statement.lines.map(({ gift, sums }): Cell[] => [
        gift.number,
        gift.received?.on,
        restrictionText(ctx, t, gift),
        ...sumNames.map((name) => fen(sums[name])),
      ]),
      total: [head('total'), undefined, undefined, ...sumNames.map((name) => fen(statement.total[name]))],
    },
    {
      name: head('payments'),
      above,
      columns: [
        { head: t('donations:my.number'), kind: 'text', width: 18 },
        { head: head('day'), kind: 'date', width: 14 },
        { head: head('village'), kind: 'text', width: 36 },
        { head: head('for'), kind: 'text', width: 20 },
        { head: head('sum'), kind: 'yuan', width: 16 },
      ],
      rows: statement.lines.flatMap(({ gift, paid }) =>
        paid.map(({ on, village, kind, amountFen }): Cell[] => [
          gift.number,
          on,
          village && divisionFullName(village, ctx.locale),
          t(`donations:part.${kind}`),
          fen(amountFen),
        ]),
      ),
      total: [head('total'), undefined, undefined, undefined, fen(statement.total.paid)],
    },
  ]);
}

/** The same on A4, for the finance officer's file. */
export async function statementPdf(
  ctx: Context,
  t: Translate,
  donor: Donor,
  statement: DonorStatement,
  setup: StatementSetup,
): Promise<Buffer> {
  const [title = '', ...above] = headLines(ctx, t, donor, statement, setup);
  const content: Content[] = [
    { text: title, style: 'title' },
    { text: [...above, t('donations:statement.unit')].join('　'), style: 'subtitle' },
    giftsTable(ctx, t, statement),
    { text: t('donations:statement.whatItPaid'), style: 'heading' },
    villagesTable(ctx, t, statement),
    ...(await taxParts(ctx, t, statement)),
    { text: t(`donations:statement.agrees.${statement.agrees}`), style: 'small', margin: [0, 10, 0, 0] },
    { text: t('donations:statement.noReceipt'), style: 'small' },
  ];
  return makePdf({
    title,
    author: setup.county,
    content,
    foot: t('donations:statement.foot', { day: formatDay(ctx.clock.now(), ctx.locale) }),
    pageOf: (page, pages) => t('donations:paper.page', { page, pages }),
    landscape: true,
  });
}

function giftsTable(ctx: Context, t: Translate, { lines, total }: DonorStatement): Content {
  const columns = shownColumns(total);
  const head = (text: string, isFigure = false) => ({ text, style: 'tableHead', ...(isFigure && { alignment: 'right' as const }) });
  const figure = (amount: number, bold = false) => ({ text: formatSum(amount, 'bare'), alignment: 'right' as const, bold });
  if (lines.length === 0) return { text: t('donations:statement.empty') };
  return {
    layout: 'lightHorizontalLines',
    fontSize: 9,
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: ['auto', 'auto', '*', ...columns.map(() => 'auto' as const)],
      body: [
        [
          head(t('donations:my.number')),
          head(t('donations:my.day')),
          head(t('donations:my.purpose')),
          ...columns.map((name) => head(t(`donations:statement.column.${name}`), true)),
        ],
        ...lines.map(({ gift, sums }) => [
          gift.number,
          gift.received ? formatDay(gift.received.on, ctx.locale) : '',
          restrictionText(ctx, t, gift),
          ...columns.map((name) => figure(sums[name])),
        ]),
        [
          { text: t('donations:statement.totalOf', { count: lines.length }), bold: true, colSpan: 3 },
          '',
          '',
          ...columns.map((name) => figure(total[name], true)),
        ],
      ],
    },
  };
}

function villagesTable(ctx: Context, t: Translate, statement: DonorStatement): Content {
  const rows = paidByVillage(ctx, t, statement);
  if (rows.length === 0) return { text: t('donations:statement.noPayments') };
  return {
    layout: 'lightHorizontalLines',
    fontSize: 9,
    table: {
      headerRows: 1,
      widths: ['*', 90, 110],
      body: [
        [
          { text: t('donations:statement.village'), style: 'tableHead' },
          { text: t('donations:statement.paymentsHead'), style: 'tableHead', alignment: 'right' },
          { text: t('donations:statement.sum'), style: 'tableHead', alignment: 'right' },
        ],
        ...rows.map(({ village, payments, fen: amount }) => [
          village,
          { text: formatNumber(payments), alignment: 'right' as const },
          { text: formatSum(amount, 'bare'), alignment: 'right' as const },
        ]),
        [
          { text: t('donations:statement.total'), bold: true, colSpan: 2 },
          '',
          { text: formatSum(statement.total.paid, 'bare'), alignment: 'right' as const, bold: true },
        ],
      ],
    },
  };
}

async function taxParts(ctx: Context, t: Translate, statement: DonorStatement): Promise<Content[]> {
  const texts = await taxOfPeriod(ctx, t, statement);
  if (texts.length === 0) return [];
  const lines = texts.map(({ from, to, text, fen: amount }) => ({
    text: t('donations:statement.taxLine', {
      from: formatDay(from, ctx.locale),
      to: formatDay(to, ctx.locale),
      sum: formatSum(amount),
      text,
    }),
    fontSize: 9,
  }));
  return [{ text: t('donations:paper.taxTitle'), style: 'heading' }, ...lines];
}

function headLines(ctx: Context, t: Translate, donor: Donor, { period }: DonorStatement, { county, demo }: StatementSetup): string[] {
  return [
    t('donations:statement.of', { county }),
    `${donor.name}　${t('donations:my.creditCode', { code: donor.creditCode })}`,
    t('donations:statement.period', { from: formatDay(period.from, ctx.locale), to: formatDay(period.to, ctx.locale) }),
    ...(demo ? [t('donations:paper.demo')] : []),
  ];
}
