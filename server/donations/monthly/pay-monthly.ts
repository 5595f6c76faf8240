import type { Context } from '../../kernel/context';
import { AppError, fail } from '../../kernel/errors';
import type { CheckoutSession } from '../../platform/stripe/checkout-sessions';
import { asSystem } from '../as-system';
import type { PayAttempt } from '../gift.model';
import type { Giving } from '../giving';
import { attemptOf, currentAttempt, withAttempt } from '../pay-attempts';
import type { PayStep } from '../pay-online';
import { findMonthlyGift } from './find-monthly-gifts';
import type { MonthlyGift } from './monthly-gift.model';
import { monthlyStates } from './monthly-gift.states';
import { noteMonthly } from './note-monthly';
import { settleInvoice } from './settle-invoice';
import { settleSubscription } from './settle-subscription';

/**
 * Brings the giver to the provider's page on which he agrees to pay each month: to the session that is open, or to a new one when the
 * last is over. One attempt has one session and one session begins one subscription, so that a try again never makes two.
 */
export async function payMonthly(ctx: Context, giving: Giving, id: string): Promise<PayStep> {
  const acting = asSystem(ctx, 'give-page');
  try {
    const monthly = await withOpenAttempt(acting, id);
    const attempt = currentAttempt(monthly);
    if (monthly.subscriptionId || !attempt) return { to: 'gift' };
    const session = await sessionOfMonthly(acting, giving, monthly, attempt);
    await settleMonthlySession(acting, giving, id, session);
    if (session.status === 'expired') return await payMonthly(ctx, giving, id); // it ended while the page lay open: the next attempt
    return session.status === 'open' && session.url ? { to: 'provider', url: session.url } : { to: 'gift' };
  } catch (error) {
    if (error instanceof AppError && error.code === 'service.unavailable') return { to: 'later' };
    throw error;
  }
}

function withOpenAttempt(ctx: Context, id: string): Promise<MonthlyGift> {
  return noteMonthly(ctx, id, (monthly) => {
    if (monthly.subscriptionId || currentAttempt(monthly)) return undefined;
    if (monthly.state.name === 'ended') fail('state.not-allowed', { from: 'ended', to: 'awaiting' });
    const startedAt = ctx.clock.now();
    const attempt = attemptOf(`monthly:${id}`, monthly.attempts.length + 1, { startedAt, locale: monthly.locale });
    const state = monthly.state.name === 'lapsed' ? monthlyStates.enter(monthly.state, 'awaiting', ctx) : monthly.state;
    return { changes: { attempts: [...monthly.attempts, attempt], state } };
  });
}

/** The attempt's session as it is now: read when its id is known, else asked for by its key, and its id kept. */
export async function sessionOfMonthly(
  ctx: Context,
  { provider, publicBaseUrl, productName }: Giving,
  monthly: MonthlyGift,
  attempt: PayAttempt,
): Promise<CheckoutSession> {
  if (attempt.sessionId) return provider.readCheckoutSession(attempt.sessionId);
  const page = `${publicBaseUrl}/monthly/${monthly.code}`;
  const opened = await provider.createMonthlySession({
    monthlyId: monthly._id,
    monthlyNumber: monthly.number,
    amountFen: monthly.amountFen,
    productName: productName[attempt.locale],
    locale: attempt.locale,
    successUrl: `${page}/payment`,
    cancelUrl: page,
    idempotencyKey: attempt.key,
  });
  await noteMonthly(ctx, monthly._id, (now) => {
    const known = now.attempts.find(({ rank }) => rank === attempt.rank);
    return known?.sessionId ? undefined : { changes: { attempts: withAttempt(now, attempt.rank, { sessionId: opened.id }) } };
  });
  // The answer to a repeated key is the session as it was when it was made.
  return provider.readCheckoutSession(opened.id);
}

/**
 * Does what the session of a monthly gift means: the giver has agreed, and the first month may have been collected; or he let it end. No
 * money is booked by a session, but by the invoice, read anew.
 */
export async function settleMonthlySession(
  ctx: Context,
  giving: Giving,
  id: string,
  session: CheckoutSession,
): Promise<'settled' | 'nothing'> {
  const { provider } = giving;
  if (session.status === 'expired') {
    await noteMonthly(ctx, id, (monthly) => expiredNote(ctx, monthly, session.id));
    return 'settled';
  }
  const monthly = await findMonthlyGift(ctx, id);
  const isOurs = session.monthlyId === id && session.giftNumber === monthly.number && session.livemode === giving.livemode;
  if (session.status !== 'complete' || !session.subscriptionId || !isOurs) return 'nothing';
  const subscription = await provider.readSubscription(session.subscriptionId);
  await settleSubscription(ctx, giving, id, subscription);
  if (subscription.latestInvoiceId) await settleInvoice(ctx, giving, id, await provider.readInvoice(subscription.latestInvoiceId));
  return 'settled';
}

function expiredNote(ctx: Context, monthly: MonthlyGift, sessionId: string) {
  const attempt = monthly.attempts.find((one) => one.sessionId === sessionId) ?? currentAttempt(monthly);
  if (monthly.subscriptionId || !attempt || attempt.endedAt) return undefined;
  const attempts = withAttempt(monthly, attempt.rank, { sessionId, endedAt: ctx.clock.now() });
  const state = currentAttempt({ attempts }) ? monthly.state : monthlyStates.enter(monthly.state, 'lapsed', ctx);
  return { changes: { attempts, state } };
}
