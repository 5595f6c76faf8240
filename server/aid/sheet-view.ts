import type { Locale } from '../kernel/context';
import type { Translate } from '../platform/i18n/translator';
import { formatDay, formatSum } from '../platform/views/format';
import type { AidCase } from './aid-case.model';

/** A case, or what would be one. */
type Judged = Pick<AidCase, 'sheet' | 'household' | 'amountFen'>;

/** One line of a sum as the part `sums` shows it. */
interface SumLine {
  label: string;
  note?: string;
  fen: number;
  href?: string;
  kind?: 'subtotal' | 'result';
}

/** The working sheet as staff read it: the bar to the line, what the family had, what it is to get (LOOK, detail). */
export function sheetView(t: Translate, locale: Locale, aidCase: Judged) {
  const { sheet, household, amountFen } = aidCase;
  const { line, facts, sums } = sheet;
  const byTheLine = t('aid:sheet.line', { year: line.year, name: t(`aid:line.${line.name}`) });
  return {
    mark: `${byTheLine} ${formatSum(sums.thresholdFen)}`,
    parts: stripParts(t, aidCase),
    takenOn: sheet.takenOn,
    window: { from: sheet.window.from, to: sheet.window.to },
    had: hadLines(t, locale, aidCase, `/households/${household}`),
    gets: [
      {
        label: t('aid:sheet.threshold', { line: byTheLine, sum: formatSum(line.fen), count: facts.members }),
        fen: sums.thresholdFen,
        href: `/settings/line.${line.name}`,
      },
      { label: t('aid:sheet.lessResources'), fen: -sums.resourcesFen },
      { label: t('aid:sheet.gap'), fen: sums.gapFen, kind: 'subtotal' },
      ...(sheet.rule.mode === 'bands' ? [{ label: t('aid:sheet.bands'), fen: sums.byModeFen, href: '/settings/topUp.bands' }] : []),
      { label: t('aid:sheet.yearCap'), fen: sheet.rule.yearCapFen, href: '/settings/topUp.yearCap' },
      ...(facts.thisYearFen > 0 ? [{ label: t('aid:sheet.lessThisYear'), fen: -facts.thisYearFen }] : []),
      { label: t('aid:sheet.result'), fen: amountFen, kind: 'result', note: t(`aid:limit.${sums.limit}`) },
    ] satisfies SumLine[],
  };
}

/** What the family had in the window: income by source, then relief that is no income, then earlier top-ups. */
function hadLines(t: Translate, locale: Locale, { sheet }: Judged, base: string): SumLine[] {
  const { facts, sums } = sheet;
  return [
    ...sheet.income.map(({ source, amountFen }) => ({ label: t(`households:source.${source}`), fen: amountFen, href: `${base}#income` })),
    ...(sheet.deductionsFen === 0 ? [] : [{ label: t('aid:sheet.deductions'), fen: sheet.deductionsFen }]),
    { label: t('aid:sheet.net'), fen: facts.netFen, kind: 'subtotal' as const },
    ...sheet.relief.map(({ kind, amountFen }) => ({
      label: t('aid:sheet.notIncome', { kind: t(`relief:kind.${kind}`) }),
      fen: amountFen,
      href: `${base}/relief`,
    })),
    ...sheet.otherTopUps.map(({ case: id, on, amountFen }) => ({
      label: t('aid:sheet.earlier', { day: formatDay(on, locale) }),
      fen: amountFen,
      href: `/aid/cases/${id}`,
    })),
    { label: t('aid:sheet.resources'), fen: sums.resourcesFen, kind: 'subtotal' as const },
  ];
}

/** The bar ends at the line; a loss has no length. */
function stripParts(t: Translate, { sheet, amountFen }: Judged) {
  const { facts, sums } = sheet;
  const parts = [
    { word: 'net', amount: Math.max(0, facts.netFen), tone: 'rest' },
    { word: 'relief', amount: facts.reliefFen, tone: 'blue' },
    { word: 'earlier', amount: facts.otherTopUpsFen, tone: 'out-3' },
    { word: 'now', amount: amountFen, tone: 'out-1' },
    { word: 'stillShort', amount: Math.max(0, sums.gapFen - amountFen), tone: 'open' },
  ];
  return parts
    .filter(({ amount }) => amount > 0)
    .map(({ word, amount, tone }) => ({
      label: t(`aid:strip.${word}`),
      value: formatSum(amount, 'bare').replace(/\.00$/, ''),
      amount,
      tone,
    }));
}
