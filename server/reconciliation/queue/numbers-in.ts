import { halfWidth } from '../../kernel/half-width';
import { formatSeriesNumber } from '../../kernel/number-series';

const dashes = /[\u2010-\u2015\u2212\uFE63\uFF0D—–]/g;

/**
 * The numbers of a series in what a payer wrote: `捐款d-2026-000123`, `Ｄ－２０２６－０００１２３`, `D 2026 000123`, `D2026000123`. Blanks and dashes
 * of any width do not matter; what goes on in digits or letters is another number.
 */
export function numbersIn(remark: string, series: 'D' | 'B'): string[] {
  const plain = halfWidth(remark).replace(dashes, '-').replace(/\s/g, '').toUpperCase();
  const shape = new RegExp(`(?<![A-Z0-9])${series}-?(2\\d{3})-?(\\d{6}|[1-9]\\d{6,9})(?!\\d)`, 'g');
  const found = [...plain.matchAll(shape)].filter(([, , number]) => Number(number) > 0);
  return [...new Set(found.map(([, year, number]) => formatSeriesNumber({ series, year: Number(year), number: Number(number) })))];
}
