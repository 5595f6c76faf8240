import { invariant } from './errors';
import { halfWidth } from './half-width';
import type { Fen } from './money';
import { isAmount } from './whole-number';

const typed = /^([-\u2212]?)(?:¥\s*)?([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]{1,2}))?(?:\s*元)?$/;
const minus = '\u2212'; // as wide as a digit, unlike the hyphen (LOOK, numbers)

/** Whether a minus is allowed: only where a loss or a difference is meant. */
interface SignOption {
  signed?: boolean;
}

/**
 * Reads yuan as people type them: `10,000`, `10000.5`, `¥1,234.56`, `１００元`. Undefined for anything else (more than two decimals,
 * commas in odd places, exponents, a sign where none is allowed, above the ceiling), so that the form can say so.
 */
export function yuanToFen(text: string, { signed = false }: SignOption = {}): Fen | undefined {
  const parts = typed.exec(halfWidth(text).trim());
  if (!parts) return undefined;
  const [, sign = '', yuan = '', decimals = ''] = parts;
  if (sign && !signed) return undefined;
  const size = Number(yuan.replaceAll(',', '') + decimals.padEnd(2, '0'));
  if (!isAmount(size)) return undefined;
  return (sign && size > 0 ? -size : size) as Fen;
}

/**
 * Yuan for machines and form fields: `7850.00`, no separators (DOMAIN 6, BP3). A negative amount breaks an invariant unless
 * `signed`: a bank file must never carry one.
 */
export function fenToYuanText(amount: Fen, { signed = false }: SignOption = {}): string {
  invariant(signed || amount >= 0, 'money.text-not-negative', { amount });
  const { whole, decimals } = split(amount, 100, 2);
  return `${amount < 0 ? '-' : ''}${whole}.${decimals}`;
}

/** Yuan for people: `¥10,000.00`, `−¥1,500.00`. */
export function formatYuan(amount: Fen): string {
  const { whole, decimals } = split(amount, 100, 2);
  return `${amount < 0 ? minus : ''}¥${grouped(whole)}.${decimals}`;
}

/** Units of 10,000 yuan for reports and axes, rounded half up: `148.69`, or `149` with no decimals. The word 万元 is in `locales/`. */
export function formatWan(amount: Fen, decimals: 0 | 2 = 2): string {
  const step = decimals === 2 ? 10_000 : 1_000_000; // fen in the last digit shown
  const size = Math.abs(amount) + step / 2;
  const shown = (size - (size % step)) / step;
  const parts = decimals === 2 ? split(shown, 100, 2) : { whole: String(shown), decimals: '' };
  const sign = amount < 0 && shown > 0 ? minus : '';
  return `${sign}${grouped(parts.whole)}${parts.decimals && `.${parts.decimals}`}`;
}

function split(amount: number, unit: number, digits: number): { whole: string; decimals: string } {
  const size = Math.abs(amount);
  const rest = size % unit;
  return { whole: String((size - rest) / unit), decimals: String(rest).padStart(digits, '0') };
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(?:\d{3})+$)/g, ',');
}
