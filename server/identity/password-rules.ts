import { AppError } from '../kernel/errors';

export const shortest = 10;
export const longest = 200; // Argon2 takes any length; a novel is no password
const fewestCharacters = 5;

// What lists of leaked passwords begin with, in the lengths that we allow; runs of digits and letters are caught by their own rule.
const common = new Set([
  '1234567890',
  '0123456789',
  '9876543210',
  'woaini1314',
  'woaini1314520',
  '5201314520',
  '1314520520',
  'iloveyou520',
  'password123',
  'password1234',
  'qwertyuiop',
  'qwerty123456',
  'asdfghjkl123',
  'zxcvbnm123',
  '1q2w3e4r5t',
  '1qaz2wsx3edc',
  'qazwsxedcrfv',
  'abc1234567',
  'abcd123456',
  'a123456789',
  'a1234567890',
  'aa123456789',
  'admin123456',
  'woaiwojia123',
  'nuanxin123',
  'warmheart123',
]);

/**
 * @throws AppError `input.invalid` at `path` for a password that is too short, too long, too common, of too few characters, or the
 * account itself. No rule about kinds of characters: they make passwords that people write down (NIST SP 800-63B).
 */
export function assertGoodPassword(password: string, accounts: readonly string[], path: string): void {
  const code = weaknessOf(password, accounts);
  if (code) throw new AppError('input.invalid', {}, [{ path, code, params: { min: shortest, max: longest } }]);
}

/** The message code of what is wrong with a password; undefined for a good one. */
export function weaknessOf(password: string, accounts: readonly string[]): string | undefined {
  const length = [...password].length;
  if (length < shortest) return 'too-short';
  if (length > longest) return 'too-long';
  const plain = password.toLowerCase();
  if (accounts.some((account) => account !== '' && plain.includes(account.toLowerCase()))) return 'password-is-account';
  if (common.has(plain) || new Set(plain).size < fewestCharacters) return 'password-too-common';
  return undefined;
}
