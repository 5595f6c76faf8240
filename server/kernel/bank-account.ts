import { bareCode } from './half-width';

/**
 * What looks odd but may be right, since passbooks are not cards: a number that does not begin like a card, a card number whose
 * last digit does not fit. The bank's result file is the truth (DOMAIN 1, PC4).
 */
export type BankAccountWarning = 'prefix' | 'luhn';

const shape = /^\d{16,19}$/;
const cardPrefix = /^(?:62|60|81)/;

/** Reads a payee's bank account, blanks and hyphens dropped; undefined when it is not 16 to 19 digits. Keep it as text: 19 digits pass 2^53. */
export function parseBankAccount(text: string): { account: string; warning?: BankAccountWarning } | undefined {
  const account = bareCode(text);
  if (!shape.test(account)) return undefined;
  if (!cardPrefix.test(account)) return { account, warning: 'prefix' };
  return fitsLuhn(account) ? { account } : { account, warning: 'luhn' };
}

/** The check of card numbers (ISO/IEC 7812): from the right, each second digit doubled, the digit sum divides by ten. */
export function fitsLuhn(digits: string): boolean {
  let sum = 0;
  for (let fromRight = 0; fromRight < digits.length; fromRight++) {
    const digit = Number(digits.at(-1 - fromRight));
    const counted = fromRight % 2 === 0 ? digit : digit * 2;
    sum += counted > 9 ? counted - 9 : counted;
  }
  return sum % 10 === 0;
}
