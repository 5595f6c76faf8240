import type { CheckoutSession } from '../platform/stripe/checkout-sessions';
import type { Gift, GiftProblem } from './gift.model';

/** What a session at the provider means for its gift. */
export type SessionVerdict =
  | { is: 'paid' } // book it
  | { is: 'processing' } // completed, the bank has not answered yet
  | { is: 'open'; url: string } // the payer may still pay there
  | { is: 'expired' }
  | { is: 'mismatch'; problem: GiftProblem };

/**
 * Reads a session against the gift it names. Money is booked only when amount, currency, reference and mode all fit; anything else
 * is put aside with its reason, never guessed at (DO4, STRIPE 2.3). `livemode` is what our key works in.
 */
export function verdictOf(gift: Pick<Gift, '_id' | 'number' | 'amountFen'>, session: CheckoutSession, livemode: boolean): SessionVerdict {
  if (session.status === 'open') return session.url ? { is: 'open', url: session.url } : mismatch('unknown-state');
  if (session.status === 'expired') return { is: 'expired' };
  if (session.status !== 'complete') return mismatch('unknown-state');
  if (session.mode !== 'payment') return mismatch('mode');
  if (session.livemode !== livemode) return mismatch('livemode');
  if (session.giftId !== gift._id || session.giftNumber !== gift.number) return mismatch('reference');
  if (session.currency !== 'cny') return mismatch('currency');
  if (session.amountFen !== gift.amountFen) return mismatch('amount');
  if (session.paymentStatus === 'unpaid') return { is: 'processing' };
  return session.paymentStatus === 'paid' ? { is: 'paid' } : mismatch('unknown-state');
}

function mismatch(problem: GiftProblem): SessionVerdict {
  return { is: 'mismatch', problem };
}
