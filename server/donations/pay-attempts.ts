import type { OnlineMethod } from '../platform/stripe/checkout-sessions';
import type { Gift, PayAttempt } from './gift.model';

/** One try to pay online. Its key goes to the provider with each request, so that a repeated one finds the same session. */
export function attemptOf(
  giftId: string,
  rank: number,
  { startedAt, locale, method }: Pick<PayAttempt, 'startedAt' | 'locale'> & { method?: OnlineMethod | undefined },
): PayAttempt {
  return { rank, key: `gift:${giftId}:session:${rank}`, startedAt, locale, ...(method && { method }) };
}

/** The try that may still be paid, if there is one. */
export function currentAttempt(gift: Pick<Gift, 'attempts'>): PayAttempt | undefined {
  const last = gift.attempts.at(-1);
  return last?.endedAt ? undefined : last;
}

/** The tries with one of them changed. */
export function withAttempt(gift: Pick<Gift, 'attempts'>, rank: number, changes: Partial<PayAttempt>): PayAttempt[] {
  return gift.attempts.map((attempt) => (attempt.rank === rank ? { ...attempt, ...changes } : attempt));
}
