import type Stripe from 'stripe';
import { fail } from '../../kernel/errors';
import { type Fen, fen } from '../../kernel/money';
import { z } from '../validation/zod';
import { askProvider } from './provider-errors';
import { instant, objectId, openEnum, readAnswer } from './provider-shapes';

const statuses = ['draft', 'open', 'paid', 'uncollectible', 'void'] as const;

/** What we rely on in the invoice of one month: what was collected, or how often it was tried in vain. */
export interface ProviderInvoice {
  id: string;
  status: (typeof statuses)[number] | 'unknown';
  /** What was collected; null when the currency is not CNY. */
  paidFen: Fen | null;
  dueFen: Fen | null;
  currency: string;
  livemode: boolean;
  subscriptionId: string | null;
  monthlyId: string | null;
  monthlyNumber: string | null;
  tries: number;
  /** When the provider will try again; null when it will not. */
  nextTryAt: Date | null;
  paymentIntentId: string | null;
}

const invoiceId = /^in_[A-Za-z0-9_]{1,250}$/;

const wireInvoice = z.object({
  id: z.string(),
  status: openEnum(statuses),
  amount_paid: z.int().nonnegative(),
  amount_due: z.int().nonnegative(),
  currency: z.string(),
  livemode: z.boolean(),
  attempt_count: z.int().nonnegative(),
  next_payment_attempt: instant.nullable(),
  parent: z
    .object({
      subscription_details: z.object({ subscription: objectId, metadata: z.record(z.string(), z.string()).nullable() }).nullable(),
    })
    .nullable(),
  payments: z.object({ data: z.array(z.object({ payment: z.object({ payment_intent: objectId.optional() }) })) }).optional(),
});

/** Whether this is the id of an invoice: the proof of a monthly gift, as a session's id is that of another. */
export function isInvoiceId(id: string): boolean {
  return invoiceId.test(id);
}

/** Reads an invoice as it is now, with the payment behind it. @throws `not-found` */
export async function readInvoice(stripe: Stripe, id: string): Promise<ProviderInvoice> {
  if (!isInvoiceId(id)) fail('not-found');
  return ours(await askProvider(() => stripe.invoices.retrieve(id, { expand: ['payments'] })));
}

/** The invoices of a subscription, the newest first: the last hundred, which are more than eight years. */
export async function listInvoices(stripe: Stripe, subscription: string): Promise<ProviderInvoice[]> {
  const { data } = await askProvider(() => stripe.invoices.list({ subscription, limit: 100, expand: ['data.payments'] }));
  return data.map(ours);
}

/** The invoice that a payment has paid; undefined for a payment of another kind. */
export async function findInvoiceOfPayment(stripe: Stripe, paymentIntentId: string): Promise<string | undefined> {
  const payment = { type: 'payment_intent', payment_intent: paymentIntentId } as const;
  const { data } = await askProvider(() => stripe.invoicePayments.list({ payment, limit: 1 }));
  return data[0] && objectId.parse(data[0].invoice);
}

function ours(answer: unknown): ProviderInvoice {
  const invoice = readAnswer(wireInvoice, answer);
  const details = invoice.parent?.subscription_details;
  const inYuan = (amount: number) => (invoice.currency === 'cny' ? fen(amount) : null);
  return {
    id: invoice.id,
    status: invoice.status,
    paidFen: inYuan(invoice.amount_paid),
    dueFen: inYuan(invoice.amount_due),
    currency: invoice.currency,
    livemode: invoice.livemode,
    subscriptionId: details?.subscription ?? null,
    monthlyId: details?.metadata?.['monthlyId'] ?? null,
    monthlyNumber: details?.metadata?.['monthlyNumber'] ?? null,
    tries: invoice.attempt_count,
    nextTryAt: invoice.next_payment_attempt,
    paymentIntentId: invoice.payments?.data[0]?.payment.payment_intent ?? null,
  };
}
