import { tooManyRequests } from '../kernel/errors';
import { halfWidth } from '../kernel/half-width';
import { systemRandom } from '../kernel/random';
import { decryptField } from '../platform/crypto/encrypt-field';
import { lookupHash } from '../platform/crypto/lookup-hash';
import { acceptedStep } from '../platform/totp/totp';
import type { SecondFactor, User } from './user.model';

const codesGiven = 10;
const mostMisses = 10;
const pauseMs = 15 * 60_000; // ten guesses a quarter of an hour: three in a thousand a day that one of a million codes is hit

/** Where a secret is bound to: it cannot be moved to another person. */
export function totpPlace(id: string): string {
  return `user/${id}/totp`;
}

/** Refuses to look at any code for a while after so many wrong ones. @throws AppError `access.too-many-requests` with what is left. */
export function assertNotPaused({ misses, missedAt }: Pick<SecondFactor, 'misses' | 'missedAt'>, now: Date): void {
  if (misses < mostMisses || missedAt === undefined) return;
  const leftMs = missedAt.getTime() + pauseMs - now.getTime();
  if (leftMs > 0) throw tooManyRequests(Math.ceil(leftMs / 1_000));
}

/** The factor after one more wrong code; a pause that is over begins a new count. */
export function missed(factor: SecondFactor, now: Date): SecondFactor {
  return { ...factor, misses: factor.misses >= mostMisses ? 1 : factor.misses + 1, missedAt: now };
}

type Person = Pick<User, '_id'>;

/** The factor after right six digits, which are used up with their half minute. Undefined for wrong ones. */
export async function usedDigits(user: Person, factor: SecondFactor, typed: string, now: Date): Promise<SecondFactor | undefined> {
  const step = await acceptedStep(decryptField(factor.secretSealed, totpPlace(user._id)), typed, now, factor.lastStep);
  return step === undefined ? undefined : { ...factor, lastStep: step, misses: 0 };
}

/** The factor after right six digits or a recovery code, which is gone then. Undefined for a wrong one. */
export async function used(user: Person, factor: SecondFactor, typed: string, now: Date): Promise<SecondFactor | undefined> {
  const after = await usedDigits(user, factor, typed, now);
  if (after) return after;
  const hash = recoveryHash(user._id, typed);
  return factor.recovery.includes(hash) ? { ...factor, recovery: factor.recovery.filter((one) => one !== hash), misses: 0 } : undefined;
}

const letters = '0123456789abcdefghjkmnpqrstvwxyz'; // as in kernel/random: can be read aloud

/** Ten codes of 50 bits, `7k2mv-q9x4t`, shown once; the person keeps them on paper. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: codesGiven }, () => {
    // Never the context's randomness: a seeded code could be guessed.
    const code = [...systemRandom.bytes(10)].map((byte) => letters[byte & 31]).join('');
    return `${code.slice(0, 5)}-${code.slice(5)}`;
  });
}

/** What is kept of a recovery code: a keyed hash, since 50 bits need no slow one. */
export function recoveryHash(id: string, typed: string): string {
  return lookupHash(`recovery:${id}`, halfWidth(typed).replace(/[\s-]/g, '').toLowerCase());
}
