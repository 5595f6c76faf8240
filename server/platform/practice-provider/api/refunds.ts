import { z } from '../../validation/zod';
import type { Practice } from '../practice';
import { cancelRefund, openRefund } from '../refunds';
import type { WireRefund } from '../wire-money';
import type { WireCharge } from '../wire-objects';
import type { ApiAnswer, ApiRequest } from './endpoint';
import { createdWithin, page, pageParameters } from './lists';
import { createdFilter, expandable, integer, metadata, parameters } from './parameters';
import { badParameter, missing } from './refusals';

const path = '/v1/refunds';
const createShape = z.strictObject({
  ...expandable,
  charge: z.string().optional(),
  payment_intent: z.string().optional(),
  amount: integer.refine((amount) => amount >= 1, 'must be at least 1').optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  metadata: metadata.optional(),
});

/** `POST /v1/refunds`: at most what the charge still has, and nothing of a charge that is disputed. */
export function createRefund(practice: Practice, { given }: ApiRequest): ApiAnswer {
  const asked = parameters(createShape, given);
  const charge = chargeOf(practice, asked);
  const left = charge.amount - charge.amount_refunded;
  if (charge.status !== 'succeeded') throw badParameter('charge', `Charge ${charge.id} is not paid.`);
  if (charge.disputed) throw badParameter('charge', `Charge ${charge.id} has been charged back.`, 'charge_disputed');
  if (left === 0) throw badParameter('charge', `Charge ${charge.id} has already been refunded.`, 'charge_already_refunded');
  if ((asked.amount ?? left) > left) throw badParameter('amount', `Refund amount is greater than unrefunded amount on charge (${left}).`);
  const refund = openRefund(practice, charge, {
    amount: asked.amount ?? left,
    reason: asked.reason ?? null,
    metadata: asked.metadata ?? {},
  });
  return { answer: refund, expand: asked.expand };
}

/** `GET /v1/refunds/:id` */
export function getRefund(practice: Practice, { id, given }: ApiRequest): ApiAnswer {
  const { expand } = parameters(z.strictObject(expandable), given);
  return { answer: findRefund(practice, id), expand };
}

/** `GET /v1/refunds` */
export function listRefunds({ state }: Practice, { given }: ApiRequest): ApiAnswer {
  const filters = { created: createdFilter.optional(), charge: z.string().optional(), payment_intent: z.string().optional() };
  const asked = parameters(z.strictObject({ ...expandable, ...pageParameters, ...filters }), given);
  const refunds = [...state.refunds.values()]
    .filter((refund) => createdWithin(refund, asked.created) && refund.charge === (asked.charge ?? refund.charge))
    .filter((refund) => refund.payment_intent === (asked.payment_intent ?? refund.payment_intent));
  return { answer: page(refunds, asked, path), expand: asked.expand };
}

/** `POST /v1/refunds/:id/cancel`: only while it is pending. */
export function cancel(practice: Practice, { id, given }: ApiRequest): ApiAnswer {
  const { expand } = parameters(z.strictObject(expandable), given);
  const refund = findRefund(practice, id);
  if (refund.status !== 'pending') throw badParameter('refund', `Only pending refunds can be canceled; this one is ${refund.status}.`);
  cancelRefund(practice, refund);
  return { answer: refund, expand };
}

function findRefund({ state }: Practice, id: string): WireRefund {
  const refund = state.refunds.get(id);
  if (!refund) throw missing('refund', id);
  return refund;
}

function chargeOf({ state }: Practice, asked: { charge?: string | undefined; payment_intent?: string | undefined }): WireCharge {
  if (!asked.charge && !asked.payment_intent)
    throw badParameter('charge', 'One of charge or payment_intent is needed.', 'parameter_missing');
  const intent = asked.payment_intent === undefined ? undefined : state.paymentIntents.get(asked.payment_intent);
  if (asked.payment_intent !== undefined && !intent) throw missing('payment_intent', asked.payment_intent, 'payment_intent');
  const charge = state.charges.get(asked.charge ?? intent?.latest_charge ?? '');
  if (!charge) throw missing('charge', asked.charge ?? '', 'charge');
  return charge;
}
