import type { Context } from '../kernel/context';
import { AppError } from '../kernel/errors';
import { findGiftById } from './find-gifts';
import type { Gift } from './gift.model';
import type { Giving } from './giving';
import { isPaidOtherwise } from './receive-gift';
import { settleSession } from './settle-session';

/** What the payer sees on coming back. */
export type ReturnView = 'received' | 'processing' | 'unpaid' | 'check';

/**
 * The payer has come back from the provider. The address is worth nothing as a proof: the gift's own session is read, and booked if it
 * is paid, whether or not the webhook has come (STRIPE 2.2); also when a transfer has paid the gift, since then it is to be put aside.
 * When the provider does not answer, the webhook or the sweep will tell.
 */
export async function returnFromPayment(ctx: Context, giving: Giving, gift: Gift): Promise<{ gift: Gift; view: ReturnView }> {
  const sessionId = gift.attempts.at(-1)?.sessionId;
  if (gift.received && !(sessionId && isPaidOtherwise(gift, sessionId))) return { gift, view: 'received' };
  if (!sessionId) return { gift, view: 'processing' };
  try {
    const verdict = await settleSession(ctx, giving, gift._id, await giving.provider.readCheckoutSession(sessionId));
    const now = await findGiftById(ctx, gift._id);
    if (now.received && verdict !== 'mismatch') return { gift: now, view: 'received' };
    const view = { paid: 'received', processing: 'processing', open: 'unpaid', expired: 'unpaid', mismatch: 'check' } as const;
    return { gift: now, view: view[verdict] };
  } catch (error) {
    if (error instanceof AppError && error.code === 'service.unavailable') return { gift, view: gift.received ? 'received' : 'processing' };
    throw error;
  }
}
