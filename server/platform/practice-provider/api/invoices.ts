import { z } from '../../validation/zod';
import type { Practice } from '../practice';
import type { ApiAnswer, ApiRequest } from './endpoint';
import { createdWithin, page, pageParameters } from './lists';
import { createdFilter, expandable, parameters } from './parameters';
import { missing } from './refusals';

/** `GET /v1/invoices/:id` */
export function getInvoice({ state }: Practice, { id, given }: ApiRequest): ApiAnswer {
  const { expand } = parameters(z.strictObject(expandable), given);
  const invoice = state.invoices.get(id);
  if (!invoice) throw missing('invoice', id);
  return { answer: invoice, expand };
}

/** `GET /v1/invoices` */
export function listInvoices({ state }: Practice, { given }: ApiRequest): ApiAnswer {
  const filters = {
    created: createdFilter.optional(),
    subscription: z.string().optional(),
    status: z.enum(['open', 'paid', 'void']).optional(),
  };
  const asked = parameters(z.strictObject({ ...expandable, ...pageParameters, ...filters }), given);
  const invoices = [...state.invoices.values()]
    .filter((invoice) => createdWithin(invoice, asked.created) && invoice.status === (asked.status ?? invoice.status))
    .filter(({ parent }) => asked.subscription === undefined || parent.subscription_details.subscription === asked.subscription);
  return { answer: page(invoices, asked, '/v1/invoices'), expand: asked.expand };
}

/** `GET /v1/invoice_payments`: the only way from a payment to the invoice that it paid. */
export function listInvoicePayments({ state }: Practice, { given }: ApiRequest): ApiAnswer {
  const filters = {
    invoice: z.string().optional(),
    payment: z.strictObject({ type: z.enum(['payment_intent']), payment_intent: z.string().optional() }).optional(),
  };
  const asked = parameters(z.strictObject({ ...expandable, ...pageParameters, ...filters }), given);
  const payments = [...state.invoicePayments.values()]
    .filter(({ invoice }) => invoice === (asked.invoice ?? invoice))
    .filter(({ payment }) => payment.payment_intent === (asked.payment?.payment_intent ?? payment.payment_intent));
  return { answer: page(payments, asked, '/v1/invoice_payments'), expand: asked.expand };
}
