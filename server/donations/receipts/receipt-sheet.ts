import { chineseCapitals } from '../../kernel/chinese-capitals';
import type { Context } from '../../kernel/context';
import type { Fen } from '../../kernel/money';
import type { Translate } from '../../platform/i18n/translator';
import type { PrintedPage } from '../../platform/pdf/make-pdf';
import { formatDay, formatNumber, formatSum, formatTime } from '../../platform/views/format';
import type { GiftItem } from '../gift.model';
import { restrictionText } from '../gift-words';
import type { Receipt } from './receipt.model';

/** What the sheet says beside the receipt's own fields. */
export interface PaperFacts {
  payer: string;
  cashier: string;
  reviewer: string;
  entrySeq: number | undefined;
  tax: string | undefined;
  checkAddress: string;
  giftAddress: string;
  demo: boolean;
}

type Content = PrintedPage['content'];
type TableCell = string | { text: string; alignment: 'right' };
const ink = '#241C15';
const quiet = '#5F5346';
const warning = '#8F3410';
const sheetWidth = 499; // A4 less the margins of make-pdf, in points

/** One receipt on one A4 page (look/10): the lawful paper in its frame, then where the money went, then tax. */
export function receiptSheet(ctx: Context, t: Translate, receipt: Receipt, facts: PaperFacts, onNewPage: boolean): Content {
  const isVoid = receipt.state.name === 'voided';
  return [
    {
      columns: [{ width: '*', text: ' ' }, ...(facts.demo ? [{ width: 'auto', ...boxed(t('donations:paper.demo')) }] : [])],
      margin: [0, 0, 0, 8],
      ...(onNewPage && { pageBreak: 'before' as const }),
    },
    ...(isVoid ? [{ text: t('donations:paper.voided'), color: warning, bold: true, fontSize: 16, alignment: 'center' as const }] : []),
    framed([head(t, facts), numbers(t, receipt), payer(t, receipt, facts), items(ctx, t, receipt), hands(t, receipt, facts)]),
    ...whereItWent(t, receipt, facts),
    ...(facts.tax ? [heading(t('donations:paper.taxTitle')), { text: facts.tax }] : []),
  ];
}

function boxed(text: string) {
  return { table: { body: [[{ text, fontSize: 9 }]] }, layout: { hLineWidth: () => 0.7, vLineWidth: () => 0.7 } };
}

/** A box with a thin line around, whose parts stand below one another. */
function framed(stack: Content): Content[number] {
  return {
    table: { widths: ['*'], body: [[{ stack, margin: [8, 8, 8, 8] }]] },
    layout: { hLineWidth: () => 0.8, vLineWidth: () => 0.8, hLineColor: () => ink, vLineColor: () => ink },
  };
}

/** The place of the supervision seal, the title, the code to check. */
function head(t: Translate, { demo, checkAddress }: PaperFacts): Content[number] {
  const seal = [t('donations:paper.seal1'), t('donations:paper.seal2'), ...(demo ? [t('donations:paper.seal3')] : [])];
  return {
    columns: [
      {
        width: 84,
        stack: [
          { canvas: [{ type: 'ellipse', x: 40, y: 32, r1: 38, r2: 28, lineWidth: 0.7, dash: { length: 3 }, lineColor: quiet }] },
          { text: seal.join('\n'), fontSize: 8, color: quiet, alignment: 'center', relativePosition: { x: -2, y: -47 } },
        ],
      },
      {
        width: '*',
        margin: [0, 12, 0, 0],
        stack: [
          { text: t('donations:paper.title'), fontSize: 17, bold: true, alignment: 'center' },
          { text: t('donations:paper.copy'), fontSize: 9, alignment: 'center', margin: [0, 2, 0, 0] },
        ],
      },
      { width: 88, qr: checkAddress, fit: 86, eccLevel: 'M', alignment: 'right' },
    ],
    margin: [0, 0, 0, 10],
  };
}

function numbers(t: Translate, { code, number, checkCode, issuedOn }: Receipt): Content[number] {
  const pair = (key: string, value: string) => labelled(t(`donations:paper.${key}`), value);
  return ruled({
    columns: [pair('code', code), pair('number', number), pair('checkCode', checkCode), pair('issuedOn', formatDay(issuedOn, 'zh-CN'))],
    columnGap: 4,
    fontSize: 9,
  });
}

function payer(t: Translate, { payerCreditCode }: Receipt, facts: PaperFacts): Content[number] {
  const code = payerCreditCode === undefined ? [] : [{ ...labelled(t('donations:paper.creditCode'), payerCreditCode), width: 'auto' }];
  return {
    columns: [{ ...labelled(t('donations:paper.payer'), facts.payer), width: '*' }, ...code],
    columnGap: 8,
    fontSize: 9,
    margin: [0, 5, 0, 6],
  };
}

/** One line of money; the second stays empty, as on the printed form. */
function moneyRows(ctx: Context, t: Translate, receipt: Receipt): TableCell[][] {
  const zh = { ...ctx, locale: 'zh-CN' as const };
  const item = t('donations:paper.item', { use: restrictionText(zh, t, receipt) });
  const amount = formatSum(receipt.amountFen, 'bare');
  const way = t(`donations:into.${receipt.channel}`);
  return [
    [receipt.itemCode, item, t('donations:paper.unitOf'), { text: '1', alignment: 'right' }, '', { text: amount, alignment: 'right' }, way],
    [' ', '', '', '', '', '', ''],
  ];
}

/** One line for each kind of goods; what has no price stands there by name only (DO3). */
function goodsRows(t: Translate, receipt: Receipt, goods: readonly GiftItem[]): TableCell[][] {
  const money = (value: Fen | undefined): TableCell => ({ text: value === undefined ? '' : formatSum(value, 'bare'), alignment: 'right' });
  return goods.map(({ name, unit, quantity, unitFen, valueFen }) => [
    receipt.itemCode,
    t('donations:paper.goodsItem', { name }),
    unit,
    { text: formatNumber(quantity), alignment: 'right' },
    money(unitFen),
    money(valueFen),
    t(valueFen === undefined ? 'given:byName' : `donations:into.${receipt.channel}`),
  ]);
}

function items(ctx: Context, t: Translate, receipt: Receipt): Content[number] {
  const amount = formatSum(receipt.amountFen, 'bare');
  const th = (key: string, alignment: 'left' | 'right' = 'left') => ({ text: t(`donations:paper.${key}`), bold: true, alignment });
  return {
    fontSize: 9,
    table: {
      widths: [66, '*', 26, 26, 30, 82, 52],
      body: [
        [th('itemCode'), th('itemName'), th('unit'), th('quantity', 'right'), th('standard', 'right'), th('amount', 'right'), th('remark')],
        ...(receipt.items ? goodsRows(t, receipt, receipt.items) : moneyRows(ctx, t, receipt)),
        [
          { text: t('donations:paper.total'), bold: true },
          { text: chineseCapitals(receipt.amountFen), bold: true, colSpan: 4 },
          '',
          '',
          '',
          { text: amount, bold: true, alignment: 'right' },
          '',
        ],
      ],
    },
    layout: {
      hLineWidth: () => 0.7,
      vLineWidth: () => 0.7,
      hLineColor: () => ink,
      vLineColor: () => ink,
      paddingTop: () => 5,
      paddingBottom: () => 5,
    },
  };
}

function hands(t: Translate, { payee }: Receipt, { reviewer, cashier }: PaperFacts): Content[number] {
  return {
    columns: [
      { ...labelled(t('donations:paper.payee'), t('donations:paper.stamped', { name: payee })), width: '*' },
      { ...labelled(t('donations:paper.reviewer'), reviewer), width: 90 },
      { ...labelled(t('donations:paper.cashier'), cashier), width: 90 },
    ],
    fontSize: 9,
    margin: [0, 9, 0, 0],
  };
}

/** The way to the page of the gift, and the place in the book that nobody can change. */
function whereItWent(t: Translate, receipt: Receipt, { giftAddress, entrySeq }: PaperFacts): Content {
  const line = (key: string, value: string) => ({
    ...labelled(t(`donations:paper.${key}`), value),
    margin: [0, 2, 0, 0] as [number, number, number, number],
  });
  const arrived = `${formatDay(receipt.receivedOn, 'zh-CN')}（${t('donations:paper.recorded', {
    at: `${formatDay(receipt.receivedAt, 'zh-CN')} ${formatTime(receipt.receivedAt)}`,
  })}）`;
  return [
    heading(t('donations:paper.where')),
    {
      columns: [
        { width: 112, qr: giftAddress, fit: 104, eccLevel: 'M' },
        {
          width: '*',
          stack: [
            { text: t('donations:paper.scan'), bold: true, fontSize: 12, margin: [0, 4, 0, 4] },
            line('giftNumber', receipt.giftNumber),
            line('arrived', arrived),
            ...(entrySeq === undefined ? [] : [line('position', t('donations:paper.entry', { seq: formatNumber(entrySeq) }))]),
          ],
        },
      ],
    },
  ];
}

function heading(text: string): Content[number] {
  return ruled({ text, bold: true, fontSize: 12, margin: [0, 18, 0, 0] }, 8);
}

/** Something with a line below. */
function ruled(above: Content[number], after = 0): Content[number] {
  const line = {
    canvas: [{ type: 'line' as const, x1: 0, y1: 2, x2: after ? sheetWidth : sheetWidth - 26, y2: 2, lineWidth: 0.5, lineColor: quiet }],
  };
  return { stack: [above, line], margin: [0, 0, 0, after] };
}

function labelled(label: string, value: string) {
  return { text: [{ text: `${label}  `, color: quiet }, { text: value }] };
}
