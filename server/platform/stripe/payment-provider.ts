import type { StripeConfig } from '../config/config';
import { type CheckoutOrder, type CheckoutSession, createCheckoutSession, readCheckoutSession } from './checkout-sessions';
import { stripeClient } from './stripe-client';
import { type ProviderEvent, verifyWebhook } from './webhook-events';

/** The payment provider as the rooms see it. */
export interface PaymentProvider {
  /** Opens a session for a one-off gift; send the payer to its `url`. Repeating the same key gives the same session. */
  createCheckoutSession(order: CheckoutOrder): Promise<CheckoutSession>;
  /** Reads a session as it is now; the only ground on which a gift is booked. */
  readCheckoutSession(id: string): Promise<CheckoutSession>;
  /** Checks and reads a webhook; `now` is the time of receipt. Throws `input.malformed`. */
  verifyWebhook(rawBody: unknown, header: string | string[] | undefined, now: Date): ProviderEvent;
}

/** The adapter to Stripe. Throws RangeError when `apiBase` is not acceptable, so that a process with a bad setting does not start. */
export function paymentProvider({ config }: { config: StripeConfig }): PaymentProvider {
  const stripe = stripeClient(config);
  const trust = { secrets: config.webhookSecrets, toleranceSeconds: config.webhookToleranceS };
  return {
    createCheckoutSession: (order) => createCheckoutSession(stripe, order),
    readCheckoutSession: (id) => readCheckoutSession(stripe, id),
    verifyWebhook: (rawBody, header, now) => verifyWebhook(trust, rawBody, header, now),
  };
}
