import { z } from '../../validation/zod';
import type { Practice } from '../practice';
import type { ApiAnswer, ApiRequest } from './endpoint';
import { createdWithin, page, pageParameters } from './lists';
import { createdFilter, expandable, parameters } from './parameters';
import { missing } from './refusals';

/** `GET /v1/payment_intents/:id` */
export function getPaymentIntent({ state }: Practice, { id, given }: ApiRequest): ApiAnswer {
  const { expand } = parameters(z.strictObject(expandable), given);
  const intent = state.paymentIntents.get(id);
  if (!intent) throw missing('payment_intent', id);
  return { answer: intent, expand };
}

/** `GET /v1/payment_intents` */
export function listPaymentIntents({ state }: Practice, { given }: ApiRequest): ApiAnswer {
  const asked = parameters(z.strictObject({ ...expandable, ...pageParameters, created: createdFilter.optional() }), given);
  const intents = [...state.paymentIntents.values()].filter((intent) => createdWithin(intent, asked.created));
  return { answer: page(intents, asked, '/v1/payment_intents'), expand: asked.expand };
}

/** `GET /v1/charges/:id` */
export function getCharge({ state }: Practice, { id, given }: ApiRequest): ApiAnswer {
  const { expand } = parameters(z.strictObject(expandable), given);
  const charge = state.charges.get(id);
  if (!charge) throw missing('charge', id);
  return { answer: charge, expand };
}

/** `GET /v1/charges` */
export function listCharges({ state }: Practice, { given }: ApiRequest): ApiAnswer {
  const filters = { created: createdFilter.optional(), payment_intent: z.string().optional() };
  const asked = parameters(z.strictObject({ ...expandable, ...pageParameters, ...filters }), given);
  const charges = [...state.charges.values()]
    .filter((charge) => createdWithin(charge, asked.created))
    .filter((charge) => charge.payment_intent === (asked.payment_intent ?? charge.payment_intent));
  return { answer: page(charges, asked, '/v1/charges'), expand: asked.expand };
}
