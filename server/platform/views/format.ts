import type { Locale } from '../../kernel/context';
import { invariant } from '../../kernel/errors';
import { type LocalDate, shanghaiDay } from '../../kernel/local-date';
import { fen } from '../../kernel/money';
import { formatYuan } from '../../kernel/money-text';

const minus = '\u2212';
const englishMonths = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** How a sum is written: `plain` ¥1,234.50, `signed` +¥1,234.50, `whole` ¥1,234 (only when there are no fen), `bare` 1,234.50. */
export type YuanStyle = 'plain' | 'signed' | 'whole' | 'bare';

/** A whole number with thousands: 48,213. The minus is U+2212, as wide as a digit. */
export function formatNumber(value: number): string {
  invariant(Number.isSafeInteger(value), 'number.is-whole', { value });
  const digits = String(Math.abs(value)).replace(/\B(?=(\d{3})+$)/g, ',');
  return value < 0 ? `${minus}${digits}` : digits;
}

/** A sum in yuan from whole fen (kernel/money-text). `whole` still shows the fen when there are some: a sum is exact. */
export function formatSum(amount: number, style: YuanStyle = 'plain'): string {
  const text = formatYuan(fen(amount));
  if (style === 'bare') return text.replace('\u00a5', '');
  if (style === 'signed' && amount > 0) return `+${text}`;
  return style === 'whole' ? text.replace(/\.00$/, '') : text;
}

/** A day: 2026年11月24日, 24 Nov 2026; in the year of `today`, where that is given: 11月24日, 24 Nov. Points in time count in Shanghai. */
export function formatDay(day: LocalDate | Date, locale: Locale, today?: LocalDate): string {
  const [year, month, date] = (day instanceof Date ? shanghaiDay(day) : day).split('-').map(Number) as [number, number, number];
  const isThisYear = today?.startsWith(`${year}-`) ?? false;
  if (locale === 'zh-CN') return `${isThisYear ? '' : `${year}年`}${month}月${date}日`;
  const name = `${date} ${englishMonths[month - 1]?.slice(0, 3) ?? ''}`;
  return isThisYear ? name : `${name} ${year}`;
}

/** A month from `2026-11` (or a day in it): 2026年11月, November 2026, or Nov 2026 where there is little room. */
export function formatMonth(month: string, locale: Locale, { short = false } = {}): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  if (locale === 'zh-CN') return `${year}年${number}月`;
  const name = englishMonths[number - 1] ?? '';
  return `${short ? name.slice(0, 3) : name} ${year}`;
}

/** The wall clock in Shanghai: 09:45. */
export function formatTime(instant: Date): string {
  return new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(11, 16);
}
