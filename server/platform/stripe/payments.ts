import type Stripe from 'stripe';
import { fail } from '../../kernel/errors';
import { z } from '../validation/zod';
import { askProvider } from './provider-errors';
import { openEnum, readAnswer } from './provider-shapes';

/** What we rely on in a payment at the provider. */
export interface ProviderPayment {
  id: string;
  status:
    | 'requires_payment_method'
    | 'requires_confirmation'
    | 'requires_action'
    | 'processing'
    | 'requires_capture'
    | 'canceled'
    | 'succeeded'
    | 'unknown';
  /** The gift that it was opened for; null for a payment that is not ours. */
  giftId: string | null;
}

const paymentId = /^pi_[A-Za-z0-9_]{1,250}$/;

const wirePayment = z.object({
  id: z.string(),
  status: openEnum([
    'requires_payment_method',
    'requires_confirmation',
    'requires_action',
    'processing',
    'requires_capture',
    'canceled',
    'succeeded',
  ]),
  metadata: z.record(z.string(), z.string()),
});

/** Reads a payment as it is now. @throws `not-found` */
export async function readPayment(stripe: Stripe, id: string): Promise<ProviderPayment> {
  if (!paymentId.test(id)) fail('not-found');
  const { metadata, ...payment } = readAnswer(wirePayment, await askProvider(() => stripe.paymentIntents.retrieve(id)));
  return { ...payment, giftId: metadata['giftId'] ?? null };
}
