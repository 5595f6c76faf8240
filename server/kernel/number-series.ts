import { invariant } from './errors';
import { halfWidth } from './half-width';

/** A number that people read out and write down: series letter(s), year, running number. `D-2026-000123`. */
export interface SeriesNumber {
  series: string;
  year: number;
  number: number;
}

const shape = /^([A-Z]{1,4})-(\d{4})-(\d{6}|[1-9]\d{6,14})$/;
const series = /^[A-Z]{1,4}$/;
const blanks = /\s/g;

/** Writes a number with at least six digits. A series that is not 1 to 4 capital letters, or a number below 1, breaks an invariant. */
export function formatSeriesNumber({ series: letters, year, number }: SeriesNumber): string {
  invariant(series.test(letters), 'number.series', { series: letters });
  invariant(Number.isInteger(year) && year >= 1000 && year <= 9999, 'number.year', { year });
  invariant(Number.isSafeInteger(number) && number >= 1 && number < 1e15, 'number.running', { number });
  return `${letters}-${year}-${String(number).padStart(6, '0')}`;
}

/** Reads a number as people type it (small letters and full width too); undefined for anything else. */
export function parseSeriesNumber(text: string): SeriesNumber | undefined {
  const parts = shape.exec(halfWidth(text).replace(blanks, '').toUpperCase());
  if (!parts) return undefined;
  const [, letters = '', year, number] = parts;
  return Number(number) > 0 ? { series: letters, year: Number(year), number: Number(number) } : undefined;
}
