import type { Context } from '../kernel/context';
import { AppError, fail } from '../kernel/errors';
import { post } from '../ledger';
import { change, unchanged } from '../platform/mongo/document-writes';
import type { CheckoutSession } from '../platform/stripe/checkout-sessions';
import { asSystem } from './as-system';
import type { Campaign } from './campaigns/campaign.model';
import { findCampaignOfGift, groundOfCampaign } from './campaigns/find-campaigns';
import { giftPaymentNoted } from './donations.accounts';
import { Gift, type PayAttempt } from './gift.model';
import { giftStates, openStates } from './gift.states';
import type { Giving } from './giving';
import { onFreshGift } from './on-fresh-gift';
import { attemptOf, currentAttempt, withAttempt } from './pay-attempts';
import { settleSession } from './settle-session';

/** Where the payer goes next. `later`: the provider does not answer now; the gift is kept and a transfer is possible (its number is the remark). */
export type PayStep = { to: 'provider'; url: string } | { to: 'gift' } | { to: 'later' };

/**
 * Brings the payer of an open gift to the provider's pay page: to the session that is open, or to a new one when the last is over.
 * However many clicks, one attempt has one session, because its key was kept before the provider was first asked.
 */
export async function payOnline(ctx: Context, giving: Giving, giftId: string): Promise<PayStep> {
  const acting = asSystem(ctx, 'give-page');
  try {
    const { gift, attempt } = await attemptToPay(acting, giftId);
    if (!attempt) return { to: 'gift' };
    const session = await sessionOfAttempt(acting, giving, gift, attempt);
    const verdict = await settleSession(acting, giving, giftId, session);
    if (verdict === 'expired') return await payOnline(ctx, giving, giftId); // it ended while the page lay open: the next attempt
    return session.url && verdict === 'open' ? { to: 'provider', url: session.url } : { to: 'gift' };
  } catch (error) {
    if (error instanceof AppError && error.code === 'service.unavailable') return { to: 'later' };
    throw error;
  }
}

/** The attempt to pay by; a new one when the last has ended. None when the gift needs no payment any more. */
async function attemptToPay(ctx: Context, giftId: string): Promise<{ gift: Gift; attempt?: PayAttempt }> {
  return onFreshGift(ctx, giftId, async (gift) => {
    if (gift.received || gift.transfer || gift.channel !== 'online') return { gift }; // who announced a transfer makes one
    if (gift.state.name !== 'lapsed' && !openStates.some((name) => name === gift.state.name)) fail('state.not-allowed');
    const current = currentAttempt(gift);
    if (current) return { gift, attempt: current };
    const over = await campaignOver(ctx, gift);
    if (over) fail('campaign.closed', { number: over.number });
    const attempt = attemptOf(`gift:${gift._id}`, gift.attempts.length + 1, {
      startedAt: ctx.clock.now(),
      locale: ctx.locale,
      method: gift.attempts.at(-1)?.method,
    });
    const attempts = [...gift.attempts, attempt];
    const state = gift.state.name === 'lapsed' ? giftStates.enter(gift.state, 'awaiting', ctx) : gift.state;
    const posted = await post(ctx, {
      key: `${attempt.key}:planned`,
      kind: giftPaymentNoted,
      source: { type: 'gift', id: gift._id },
      guards: [unchanged(Gift, gift)],
      writes: () => [change(Gift, gift, { attempts, state })],
    });
    return posted.replayed ? attemptToPay(ctx, giftId) : { gift: { ...gift, attempts, state, version: gift.version + 1 }, attempt };
  });
}

/** The campaign of a gift that takes no new try to pay, because it is over; a try that was begun before may still be paid. */
export async function campaignOver(ctx: Context, gift: Gift): Promise<Campaign | undefined> {
  if (currentAttempt(gift)) return undefined;
  const campaign = await findCampaignOfGift(ctx, gift);
  const ground = campaign && (await groundOfCampaign(ctx, campaign));
  return ground?.plan.ways.includes('online') ? undefined : campaign;
}

/** The attempt's session as it is now: read when its id is known, else asked for by its key, and its id kept. */
export async function sessionOfAttempt(
  ctx: Context,
  { provider, publicBaseUrl, productName }: Giving,
  gift: Gift,
  attempt: PayAttempt,
): Promise<CheckoutSession> {
  if (attempt.sessionId) return provider.readCheckoutSession(attempt.sessionId);
  const page = `${publicBaseUrl}/gifts/${gift.code}`;
  const opened = await provider.createCheckoutSession({
    giftId: gift._id,
    giftNumber: gift.number,
    amountFen: gift.amountFen,
    productName: productName[attempt.locale],
    locale: attempt.locale,
    ...(attempt.method && { method: attempt.method }),
    successUrl: `${page}/payment`,
    cancelUrl: page,
    idempotencyKey: attempt.key,
  });
  await noteSession(ctx, gift._id, attempt, opened.id);
  // The answer to a repeated key is the session as it was when it was made.
  return provider.readCheckoutSession(opened.id);
}

async function noteSession(ctx: Context, giftId: string, attempt: PayAttempt, sessionId: string): Promise<void> {
  await onFreshGift(ctx, giftId, async (gift) => {
    if (gift.attempts.find(({ rank }) => rank === attempt.rank)?.sessionId) return;
    const state = gift.state.name === 'draft' ? giftStates.enter(gift.state, 'awaiting', ctx) : gift.state;
    await post(ctx, {
      key: `${attempt.key}:opened`,
      kind: giftPaymentNoted,
      source: { type: 'gift', id: giftId },
      facts: { sessionId },
      guards: [unchanged(Gift, gift)],
      writes: () => [change(Gift, gift, { attempts: withAttempt(gift, attempt.rank, { sessionId }), state })],
    });
  });
}
