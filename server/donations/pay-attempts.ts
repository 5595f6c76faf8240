import type { OnlineMethod } from '../platform/stripe/checkout-sessions';
import type { PayAttempt } from './gift.model';

/** One try to pay online. Its key goes to the provider with each request, so that a repeated one finds the same session. */
export function attemptOf(
  /** `gift:<id>` or `monthly:<id>` */
  subject: string,
  rank: number,
  { startedAt, locale, method }: Pick<PayAttempt, 'startedAt' | 'locale'> & { method?: OnlineMethod | undefined },
): PayAttempt {
  return { rank, key: `${subject}:session:${rank}`, startedAt, locale, ...(method && { method }) };
}

interface Attempted {
  attempts: readonly PayAttempt[];
}

/** The try that may still be paid, if there is one. */
export function currentAttempt({ attempts }: Attempted): PayAttempt | undefined {
  const last = attempts.at(-1);
  return last?.endedAt ? undefined : last;
}

/** The tries with one of them changed. */
export function withAttempt({ attempts }: Attempted, rank: number, changes: Partial<PayAttempt>): PayAttempt[] {
  return attempts.map((attempt) => (attempt.rank === rank ? { ...attempt, ...changes } : attempt));
}
