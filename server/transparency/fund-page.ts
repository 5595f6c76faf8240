import { countUses, type FundStatement, findStatementAt, leastCell, type Purpose } from '../funds';
import type { Context } from '../kernel/context';
import { type LocalDate, localDate, shanghaiDay, yearOf } from '../kernel/local-date';
import { atOneMoment } from '../ledger';
import type { Translate } from '../platform/i18n/translator';
import { hideSmallCells } from './hide-small-cells';

/** Money that no family stands behind: what is bought or paid for all. Its figures tell of nobody. */
const ofNobody: ReadonlySet<Purpose> = new Set(['goods', 'premium', 'operating']);
const many = 1_000_000; // households, as far as hiding goes

const inTones = ['in-1', 'in-2', 'in-3', 'in-4', 'wheat', 'in-1', 'in-2', 'in-3'] as const;

/** The fund for everybody, this year: in by source, out by purpose, what is left and what is reserved; small cells are hidden (TR3, TR4). */
export async function fundPage(ctx: Context, t: Translate) {
  const to = shanghaiDay(ctx.clock.now());
  const period = { from: localDate(`${yearOf(to)}-01-01`), to };
  const [{ statement, uses }, least] = await Promise.all([
    atOneMoment(ctx, async (moment) => ({
      statement: await findStatementAt(ctx, period, moment),
      uses: await countUses(ctx, { ...period, upTo: moment.seq }),
    })),
    leastCell(ctx, to),
  ]);
  const used = statement.rows.filter((row) => row.used !== 0);
  const cells = used.map(({ purpose, used: fen }) => ({
    key: purpose,
    fen,
    count: ofNobody.has(purpose) ? many : (uses.get(purpose) ?? 0),
  }));
  const isRuled = least !== Number.MAX_SAFE_INTEGER;
  const { standing, total } = statement;
  return {
    period: period satisfies { from: LocalDate; to: LocalDate },
    stats: [
      { label: t('transparency:fund.opening'), fen: total.opening, sign: '' },
      { label: t('transparency:fund.in'), fen: total.in, sign: '+' },
      { label: t('transparency:fund.used'), fen: total.used, sign: '−' },
      ...otherOf(t, total),
      { label: t('transparency:fund.closing'), fen: total.closing, sign: '=' },
    ],
    inFen: total.in,
    incoming: statement.sources.map(({ source, fen, entries }, place) => ({
      label: t(`funds:source.${source}`),
      note: t('transparency:gifts', { count: entries }),
      amount: fen,
      tone: inTones[place] ?? 'rest',
    })),
    usedFen: total.used,
    outgoing: hideSmallCells(cells, least).map(({ key, fen, count }) => ({
      label: t(`donations:purpose.${key}`),
      ...(fen !== undefined && { fen }),
      count: countText(t, key, count, { least, isRuled }),
    })),
    standing: standingLines(t, standing),
    note: isRuled ? t('transparency:fund.hiddenNote', { least }) : t('transparency:money.noRule'),
    agrees: statement.agrees,
  };
}

/** Where the money lies: what is free and what is promised always, what is set apart and other items only where there are some. */
function standingLines(t: Translate, { freeFen, reservedFen, apartFen, otherFen, moneyFen }: FundStatement['standing']) {
  return [
    { label: t('transparency:out.left'), note: t('transparency:out.leftNote'), fen: freeFen },
    { label: t('transparency:out.reserved'), note: t('transparency:out.reservedNote'), fen: reservedFen },
    ...(apartFen === 0 ? [] : [{ label: t('transparency:fund.apart'), note: t('transparency:fund.apartNote'), fen: apartFen }]),
    ...(otherFen === 0 ? [] : [{ label: t('funds:statement.otherFen'), fen: otherFen }]),
    { label: t('transparency:fund.money'), fen: moneyFen, kind: 'result' },
  ];
}

/** Fees, refunds, and whatever is none of these: one sum, shown only where there is some. */
function otherOf(t: Translate, { fees, givenBack, moved, other }: { fees: number; givenBack: number; moved: number; other: number }) {
  const fen = fees + givenBack - moved - other;
  return fen === 0 ? [] : [{ label: t('transparency:fund.other'), fen, sign: '−' }];
}

function countText(
  t: Translate,
  purpose: string,
  count: number | undefined,
  { least, isRuled }: { least: number; isRuled: boolean },
): string {
  if (count === undefined) return isRuled ? t('transparency:money.few', { least }) : '—';
  return ofNobody.has(purpose as Purpose) ? '' : t('transparency:times', { count });
}
