import Stripe from 'stripe';
import { providerBase } from './provider-base';

/** What the adapter must be told; the names of the environment are in the README. */
export interface PaymentProviderConfig {
  /** `STRIPE_SECRET_KEY` */
  secretKey: string;
  /** `STRIPE_API_BASE`; absent means the provider's own address. */
  apiBase?: string | undefined;
  /** `STRIPE_WEBHOOK_SECRETS`, newest first: while a secret rolls, two are good. */
  webhookSecrets: readonly string[];
  /** `STRIPE_WEBHOOK_TOLERANCE_S`: how old a signature may be; 300 when absent. */
  webhookToleranceSeconds?: number | undefined;
  /** `STRIPE_TIMEOUT_MS`: 10 seconds when absent, since a person waits. */
  timeoutMs?: number | undefined;
  /** `STRIPE_MAX_RETRIES`: 2 when absent. */
  maxRetries?: number | undefined;
}

/** The provider's client, pinned to the API version it was written for; it sends no telemetry. Throws RangeError on a bad base. */
export function stripeClient(config: PaymentProviderConfig): Stripe {
  const base = config.apiBase === undefined ? {} : providerBase(config.apiBase, config.secretKey);
  return new Stripe(config.secretKey, {
    ...base,
    apiVersion: Stripe.API_VERSION,
    timeout: config.timeoutMs ?? 10_000,
    maxNetworkRetries: config.maxRetries ?? 2,
    telemetry: false,
    appInfo: { name: 'warm-heart' },
  });
}
