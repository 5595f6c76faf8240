import Stripe from 'stripe';
import type { StripeConfig } from '../config/config';
import { providerBase } from './provider-base';

/** The provider's client, pinned to the API version it was written for; it sends no telemetry. Throws RangeError on a bad base. */
export function stripeClient(config: StripeConfig): Stripe {
  const base = config.apiBase === undefined ? {} : providerBase(config.apiBase, config.secretKey);
  return new Stripe(config.secretKey, {
    ...base,
    apiVersion: Stripe.API_VERSION,
    timeout: config.timeoutMs,
    maxNetworkRetries: config.maxRetries,
    telemetry: false,
    appInfo: { name: 'warm-heart' },
  });
}
