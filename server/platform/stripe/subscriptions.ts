import type Stripe from 'stripe';
import type { Locale } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { type Fen, fen } from '../../kernel/money';
import { z } from '../validation/zod';
import { type CheckoutSession, ours as sessionOf, withSessionId } from './checkout-sessions';
import { askProvider } from './provider-errors';
import { instant, objectId, openEnum, readAnswer } from './provider-shapes';

/** A gift that is to come each month. By card alone: wallets are paid once. Nothing here is personal (DOMAIN, PR3). */
export interface MonthlyOrder {
  monthlyId: string;
  monthlyNumber: string;
  amountFen: Fen;
  productName: string;
  locale: Locale;
  successUrl: string;
  cancelUrl: string;
  /** `monthly:<id>:session:<attempt>`, stored before the first call. */
  idempotencyKey: string;
}

const statuses = ['incomplete', 'incomplete_expired', 'trialing', 'active', 'past_due', 'canceled', 'unpaid', 'paused'] as const;

/** What we rely on in a subscription: what is collected each month, and whether it still is. */
export interface ProviderSubscription {
  id: string;
  status: (typeof statuses)[number] | 'unknown';
  monthlyId: string | null;
  /** Null when the currency is not CNY. */
  amountFen: Fen | null;
  /** Nothing is collected until it is taken up again. */
  isPaused: boolean;
  /** When the next month is due. */
  nextAt: Date;
  /** Why it has ended: the provider's word. */
  endedFor: string | null;
  latestInvoiceId: string | null;
  /** What a change of the sum must name. */
  itemId: string;
  productId: string;
}

const subscriptionId = /^sub_[A-Za-z0-9_]{1,250}$/;

const wireSubscription = z.object({
  id: z.string(),
  status: openEnum(statuses),
  metadata: z.record(z.string(), z.string()),
  pause_collection: z.object({ behavior: z.string() }).nullable(),
  latest_invoice: objectId.nullable(),
  cancellation_details: z.object({ reason: z.string().nullable() }).nullable(),
  items: z.object({
    data: z
      .array(
        z.object({
          id: z.string(),
          current_period_end: instant,
          price: z.object({ unit_amount: z.int().nonnegative().nullable(), currency: z.string(), product: objectId }),
        }),
      )
      .min(1),
  }),
});

/** Opens a session whose payer agrees to pay each month. Throws `service.unavailable` when the outcome is unknown. */
export async function createMonthlySession(stripe: Stripe, order: MonthlyOrder): Promise<CheckoutSession> {
  const metadata = { monthlyId: order.monthlyId, monthlyNumber: order.monthlyNumber };
  const price = { currency: 'cny', unit_amount: order.amountFen, product_data: { name: order.productName } };
  const parameters: Stripe.Checkout.SessionCreateParams = {
    mode: 'subscription',
    submit_type: 'donate',
    line_items: [{ quantity: 1, price_data: { ...price, recurring: { interval: 'month' } } }],
    client_reference_id: order.monthlyNumber,
    metadata,
    subscription_data: { metadata }, // the invoice of each month bears the subscription's metadata, never the session's
    allowed_payment_method_types: ['card'],
    adaptive_pricing: { enabled: false },
    locale: order.locale === 'en' ? 'en' : 'zh',
    success_url: withSessionId(order.successUrl),
    cancel_url: order.cancelUrl,
  };
  return sessionOf(await askProvider(() => stripe.checkout.sessions.create(parameters, { idempotencyKey: order.idempotencyKey })));
}

/** Reads a subscription as it is now. @throws `not-found` */
export async function readSubscription(stripe: Stripe, id: string): Promise<ProviderSubscription> {
  return ours(await askProvider(() => stripe.subscriptions.retrieve(checked(id))));
}

/** What the giver may change of his monthly gift. Each says how it shall be, so that saying it twice changes nothing. */
export type SubscriptionChange = { to: 'sum'; amountFen: Fen } | { to: 'pause' } | { to: 'resume' } | { to: 'end' };

/** Changes a subscription: another sum counts from the next month on. @throws `not-found` */
export async function changeSubscription(
  stripe: Stripe,
  { id, itemId, productId }: Pick<ProviderSubscription, 'id' | 'itemId' | 'productId'>,
  change: SubscriptionChange,
  idempotencyKey: string,
): Promise<ProviderSubscription> {
  if (change.to === 'end') return ours(await askProvider(() => stripe.subscriptions.cancel(checked(id), {}, { idempotencyKey })));
  const parameters = parametersOf(change, itemId, productId);
  return ours(await askProvider(() => stripe.subscriptions.update(checked(id), parameters, { idempotencyKey })));
}

function parametersOf(
  change: Exclude<SubscriptionChange, { to: 'end' }>,
  itemId: string,
  productId: string,
): Stripe.SubscriptionUpdateParams {
  if (change.to === 'pause') return { pause_collection: { behavior: 'void' } };
  if (change.to === 'resume') return { pause_collection: '' };
  const price = { currency: 'cny', product: productId, unit_amount: change.amountFen, recurring: { interval: 'month' as const } };
  return { proration_behavior: 'none', items: [{ id: itemId, price_data: price }] };
}

function checked(id: string): string {
  return subscriptionId.test(id) ? id : fail('not-found');
}

function ours(answer: unknown): ProviderSubscription {
  const subscription = readAnswer(wireSubscription, answer);
  const [item] = subscription.items.data;
  const price = item?.price;
  return {
    id: subscription.id,
    status: subscription.status,
    monthlyId: subscription.metadata['monthlyId'] ?? null,
    amountFen: price?.currency === 'cny' && price.unit_amount !== null ? fen(price.unit_amount) : null,
    isPaused: subscription.pause_collection !== null,
    nextAt: item?.current_period_end ?? new Date(0),
    endedFor: subscription.cancellation_details?.reason ?? null,
    latestInvoiceId: subscription.latest_invoice,
    itemId: item?.id ?? '',
    productId: price?.product ?? '',
  };
}
