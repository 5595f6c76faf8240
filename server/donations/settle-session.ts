import type { Context } from '../kernel/context';
import { shanghaiDay } from '../kernel/local-date';
import { post } from '../ledger';
import { change, unchanged } from '../platform/mongo/document-writes';
import type { CheckoutSession } from '../platform/stripe/checkout-sessions';
import { asSystem } from './as-system';
import { giftPaymentNoted } from './donations.accounts';
import { Gift, type PayAttempt } from './gift.model';
import { giftStates, openStates } from './gift.states';
import type { Giving } from './giving';
import { onFreshGift } from './on-fresh-gift';
import { parkPayment } from './park-payment';
import { currentAttempt, withAttempt } from './pay-attempts';
import { bookGift, isPaidOtherwise } from './receive-gift';
import { type SessionVerdict, verdictOf } from './session-verdict';

/**
 * Does what a session, as just read from the provider, means for its gift: books it, closes the attempt, or puts a misfit aside.
 * Webhook, return page and sweep all come here; the provider's word decides, so it is done as the system.
 */
export async function settleSession(ctx: Context, giving: Giving, giftId: string, session: CheckoutSession): Promise<SessionVerdict['is']> {
  const acting = asSystem(ctx, 'provider');
  return onFreshGift(acting, giftId, async (gift) => {
    const found = await verdictFor(giving, gift, session);
    if (found.is === 'mismatch') await parkPayment(acting, gift, found.problem, session);
    if (found.is === 'expired') await endAttempt(acting, gift, session.id);
    if (found.is === 'paid') await bookGift(acting, gift, { on: shanghaiDay(ctx.clock.now()), into: 'online', proof: session.id });
    return found.is;
  });
}

/** Ends a try whose session the provider never told us of and by now has forgotten. */
export async function giveUpAttempt(ctx: Context, giftId: string): Promise<void> {
  const acting = asSystem(ctx, 'provider');
  await onFreshGift(acting, giftId, (gift) => endAttempt(acting, gift));
}

async function verdictFor({ provider, livemode }: Giving, gift: Gift, session: CheckoutSession): Promise<SessionVerdict> {
  const found = verdictOf(gift, session, livemode);
  if (found.is === 'processing' && session.paymentIntentId) {
    const { status } = await provider.readPayment(session.paymentIntentId);
    return status === 'requires_payment_method' || status === 'canceled' ? { is: 'expired' } : found; // the bank has said no
  }
  return found.is === 'paid' && isPaidOtherwise(gift, session.id) ? { is: 'mismatch', problem: 'paid-twice' } : found;
}

/** The payer let the session end. The gift lapses unless another try is open or money has come. */
async function endAttempt(ctx: Context, gift: Gift, sessionId?: string): Promise<void> {
  const attempt = attemptFor(gift, sessionId);
  if (!attempt || attempt.endedAt) return;
  const attempts = withAttempt(gift, attempt.rank, { ...(sessionId && { sessionId }), endedAt: ctx.clock.now() });
  const isOpen = openStates.some((name) => name === gift.state.name);
  const state = isOpen && !currentAttempt({ attempts }) ? giftStates.enter(gift.state, 'lapsed', ctx) : gift.state;
  await post(ctx, {
    key: `${attempt.key}:ended`,
    kind: giftPaymentNoted,
    source: { type: 'gift', id: gift._id },
    guards: [unchanged(Gift, gift)],
    writes: () => [change(Gift, gift, { attempts, state })],
  });
}

function attemptFor(gift: Gift, sessionId: string | undefined): PayAttempt | undefined {
  const named = gift.attempts.find((one) => sessionId !== undefined && one.sessionId === sessionId);
  const current = currentAttempt(gift);
  return named ?? (current?.sessionId ? undefined : current);
}
