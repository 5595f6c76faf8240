import type Stripe from 'stripe';
import type { Locale } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { type Fen, fen } from '../../kernel/money';
import { z } from '../validation/zod';
import { askProvider, isProviderRefusal } from './provider-errors';
import { instant, objectId, openEnum, readAnswer } from './provider-shapes';

const wireMethods = { card: 'card', wechat: 'wechat_pay', alipay: 'alipay' } as const;

/** A way to pay online, by our name. */
export type OnlineMethod = keyof typeof wireMethods;

/** A gift about to be paid. Nothing here is personal: what the provider must know of the payer, the payer types there (DOMAIN, PR3). */
export interface CheckoutOrder {
  giftId: string;
  giftNumber: string;
  /** At most {@link largestCheckoutFen}; the provider has a least sum, too, of some yuan. */
  amountFen: Fen;
  /** What the payer reads beside the sum. */
  productName: string;
  locale: Locale;
  /** The way to pay that stands first on the provider's page. */
  method?: OnlineMethod;
  /** Where the payer comes back to; `session_id=<id>` is added to its query. */
  successUrl: string;
  cancelUrl: string;
  /** `gift:<id>:session:<attempt>`, stored before the first call; the same key never opens a second session. */
  idempotencyKey: string;
}

/** What we rely on in the provider's session. The name of a state is ours; a word unknown to this version is `unknown`. */
export interface CheckoutSession {
  id: string;
  mode: 'payment' | 'subscription' | 'setup' | 'unknown';
  status: 'open' | 'complete' | 'expired' | 'unknown';
  paymentStatus: 'paid' | 'unpaid' | 'no_payment_required' | 'unknown';
  /** Null when the currency is not CNY, so that another currency can never be booked as fen. */
  amountFen: Fen | null;
  currency: string | null;
  livemode: boolean;
  giftId: string | null;
  /** The monthly gift that it was opened for, in subscription mode. */
  monthlyId: string | null;
  giftNumber: string | null;
  paymentIntentId: string | null;
  /** What it has begun, in subscription mode: there the session names no payment. */
  subscriptionId: string | null;
  /** The pay page; null once the session is over. */
  url: string | null;
  createdAt: Date;
  expiresAt: Date;
}

/** The provider takes at most eight digits of the smallest unit. */
export const largestCheckoutFen = fen(99_999_999);

const sessionId = /^cs_[A-Za-z0-9_]{1,250}$/;

const wireSession = z.object({
  id: z.string(),
  mode: openEnum(['payment', 'subscription', 'setup']),
  status: openEnum(['open', 'complete', 'expired']),
  payment_status: openEnum(['paid', 'unpaid', 'no_payment_required']),
  amount_total: z.int().nonnegative().nullable(),
  currency: z.string().nullable(),
  livemode: z.boolean(),
  client_reference_id: z.string().nullable(),
  metadata: z.record(z.string(), z.string()).nullable(),
  payment_intent: objectId.nullable(),
  subscription: objectId.nullish(),
  url: z.string().nullable(),
  created: instant,
  expires_at: instant,
});

/** Opens a session for a one-off gift. Throws `service.unavailable` when the outcome is unknown: repeat with the same key. */
export async function createCheckoutSession(stripe: Stripe, order: CheckoutOrder): Promise<CheckoutSession> {
  const answer = await askProvider(() =>
    stripe.checkout.sessions.create(sessionParameters(order), { idempotencyKey: order.idempotencyKey }),
  );
  return ours(answer);
}

/** Reads a session as it is now. Throws `not-found` for an id that is none, `service.unavailable` when the provider does not answer. */
export async function readCheckoutSession(stripe: Stripe, id: string): Promise<CheckoutSession> {
  if (!sessionId.test(id)) fail('not-found'); // the id comes from a query string: it must never reach another path of the provider
  return ours(await askProvider(() => stripe.checkout.sessions.retrieve(id)));
}

/** Ends a session that is still open, so that nobody can pay it; gives it as it is then, also one that was paid before. Throws like {@link readCheckoutSession}. */
export async function expireCheckoutSession(stripe: Stripe, id: string): Promise<CheckoutSession> {
  if (!sessionId.test(id)) fail('not-found');
  try {
    return ours(await askProvider(() => stripe.checkout.sessions.expire(id)));
  } catch (error) {
    if (!isProviderRefusal(error)) throw error; // else it is open no more, which a reading shows
  }
  return readCheckoutSession(stripe, id);
}

/** The session by which a payment was made; undefined for a payment of another kind. */
export async function findSessionOfPayment(stripe: Stripe, paymentIntentId: string): Promise<CheckoutSession | undefined> {
  const { data } = await askProvider(() => stripe.checkout.sessions.list({ payment_intent: paymentIntentId, limit: 1 }));
  return data[0] && ours(data[0]);
}

function sessionParameters(order: CheckoutOrder): Stripe.Checkout.SessionCreateParams {
  const metadata = { giftId: order.giftId, giftNumber: order.giftNumber };
  return {
    mode: 'payment',
    submit_type: 'donate',
    line_items: [{ quantity: 1, price_data: { currency: 'cny', unit_amount: order.amountFen, product_data: { name: order.productName } } }],
    client_reference_id: order.giftNumber,
    metadata,
    payment_intent_data: { metadata }, // a session's metadata reaches neither payment nor charge, and refunds and disputes see only those
    allowed_payment_method_types: methodsInOrder(order.method),
    payment_method_options: { wechat_pay: { client: 'web' } },
    adaptive_pricing: { enabled: false }, // else the payer may be shown another currency than the gift's
    locale: order.locale === 'en' ? 'en' : 'zh',
    success_url: withSessionId(order.successUrl),
    cancel_url: order.cancelUrl,
  };
}

/** All ways, the chosen one first: on the provider's page the giver may still take another. */
function methodsInOrder(chosen: OnlineMethod = 'card'): (typeof wireMethods)[OnlineMethod][] {
  const first = wireMethods[chosen];
  return [first, ...Object.values(wireMethods).filter((method) => method !== first)];
}

/** Adds the provider's placeholder literally: a URL builder would escape its braces, and then it is not filled in. */
export function withSessionId(url: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}session_id={CHECKOUT_SESSION_ID}`;
}

/** Reads a session as the provider writes it. */
export function ours(answer: unknown): CheckoutSession {
  const session = readAnswer(wireSession, answer);
  return {
    id: session.id,
    mode: session.mode,
    status: session.status,
    paymentStatus: session.payment_status,
    amountFen: session.currency === 'cny' && session.amount_total !== null ? fen(session.amount_total) : null,
    currency: session.currency,
    livemode: session.livemode,
    giftId: session.metadata?.['giftId'] ?? null,
    monthlyId: session.metadata?.['monthlyId'] ?? null,
    giftNumber: session.client_reference_id,
    paymentIntentId: session.payment_intent,
    subscriptionId: session.subscription ?? null,
    url: session.url,
    createdAt: session.created,
    expiresAt: session.expires_at,
  };
}
