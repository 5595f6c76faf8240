import { invariant } from './errors';
import type { Fen } from './money';

const digits = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'] as const;
const ranks = [
  [100_000_000, '亿'],
  [10_000, '万'],
  [1000, '仟'],
  [100, '佰'],
  [10, '拾'],
] as const;

/**
 * An amount in capitals as receipts carry it (大写金额): `人民币壹仟肆佰零玖元伍角`. 整 stands only after 元 (DOMAIN 8, DO2; the
 * Ministry of Finance's accounting rules). A negative amount breaks an invariant: no receipt is below zero.
 */
export function chineseCapitals(amount: Fen): string {
  invariant(amount >= 0, 'capitals.not-negative', { amount });
  const fenDigit = amount % 10;
  const jiaoDigit = ((amount - fenDigit) / 10) % 10;
  const yuan = (amount - jiaoDigit * 10 - fenDigit) / 100;

  const yuanWords = yuan > 0 || amount === 0 ? `${spell(yuan)}元` : '';
  if (jiaoDigit === 0 && fenDigit === 0) return `人民币${yuanWords}整`;
  const bridged = jiaoDigit === 0 ? fenDigit > 0 : yuan % 10 === 0; // a zero was passed over between 元 and what follows
  const jiaoWords = jiaoDigit > 0 ? `${spell(jiaoDigit)}角` : '';
  const fenWords = fenDigit > 0 ? `${spell(fenDigit)}分` : '';
  return `人民币${yuanWords}${yuanWords && bridged ? '零' : ''}${jiaoWords}${fenWords}`;
}

/** A whole number in capitals; a run of inner zeros is one 零. */
function spell(count: number): string {
  for (const [size, word] of ranks) {
    if (count < size) continue;
    const rest = count % size;
    const gap = rest > 0 && rest < size / 10 ? digits[0] : '';
    return `${spell((count - rest) / size)}${word}${gap}${rest > 0 ? spell(rest) : ''}`;
  }
  return digits[count] ?? '';
}
