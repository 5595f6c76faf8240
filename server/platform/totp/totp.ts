import { generate, generateSecret, generateURI, verify } from 'otplib';
import { halfWidth } from '../../kernel/half-width';

const stepS = 30;

/** A new secret of 160 bits, as authenticator apps read it. From the system's randomness, never from a seed. */
export function newTotpSecret(): string {
  return generateSecret();
}

/** What an authenticator app scans. */
export function totpAddress({ secret, issuer, label }: { secret: string; issuer: string; label: string }): string {
  return generateURI({ secret, issuer, label });
}

/** The number of the half minute that an instant lies in. */
export function totpStep(now: Date): number {
  return Math.floor(now.getTime() / 1000 / stepS);
}

/** The six digits of one half minute. */
export async function totpCode(secret: string, step: number): Promise<string> {
  return generate({ secret, epoch: step * stepS });
}

/** How long until the code of a half minute is taken: one half minute before its own, for clocks that differ. 0 when it is now. */
export function secondsUntilAccepted(step: number, now: Date): number {
  return Math.max(0, Math.ceil((step - 1) * stepS - now.getTime() / 1000));
}

/**
 * The half minute whose code was typed, one before or after now for clocks that differ; undefined when the code is wrong or of a half
 * minute at or before `lastStep`, which was used already.
 */
export async function acceptedStep(secret: string, typed: string, now: Date, lastStep: number): Promise<number | undefined> {
  const token = halfWidth(typed).replace(/[\s-]/g, '');
  if (!/^\d{6}$/.test(token) || lastStep > totpStep(now)) return undefined; // otplib throws on both
  const epoch = Math.floor(now.getTime() / 1000);
  const result = await verify({ secret, token, epoch, epochTolerance: stepS, afterTimeStep: lastStep });
  return result.valid && 'timeStep' in result ? result.timeStep : undefined;
}
