import { randomId } from '../../../kernel/random';
import { z } from '../../validation/zod';
import { emit, type Practice } from '../practice';
import type { SubscriptionRecord } from '../practice-state';
import { endSubscription } from '../subscriptions/months';
import type { ApiAnswer, ApiRequest } from './endpoint';
import { page, pageParameters } from './lists';
import { expandable, integer, list, parameters } from './parameters';
import { badParameter, missing } from './refusals';

const updateShape = z.strictObject({
  ...expandable,
  proration_behavior: z.enum(['none', 'create_prorations', 'always_invoice']).optional(),
  pause_collection: z.union([z.literal(''), z.strictObject({ behavior: z.enum(['void']) })]).optional(),
  items: list(
    z.strictObject({
      id: z.string(),
      price_data: z.strictObject({
        currency: z.string(),
        product: z.string(),
        unit_amount: integer.refine((amount) => amount >= 100, 'must be at least 100'),
        recurring: z.strictObject({ interval: z.enum(['month']) }),
      }),
    }),
  ).optional(),
});

/** `GET /v1/subscriptions/:id` */
export function getSubscription(practice: Practice, { id, given }: ApiRequest): ApiAnswer {
  const { expand } = parameters(z.strictObject(expandable), given);
  return { answer: findSubscription(practice, id).subscription, expand };
}

/** `GET /v1/subscriptions` */
export function listSubscriptions({ state }: Practice, { given }: ApiRequest): ApiAnswer {
  const filters = { status: z.enum(['active', 'past_due', 'canceled', 'all']).optional() };
  const asked = parameters(z.strictObject({ ...expandable, ...pageParameters, ...filters }), given);
  const subscriptions = [...state.subscriptions.values()]
    .map(({ subscription }) => subscription)
    .filter(({ status }) => asked.status === 'all' || (asked.status ? status === asked.status : status !== 'canceled'));
  return { answer: page(subscriptions, asked, '/v1/subscriptions'), expand: asked.expand };
}

/** `POST /v1/subscriptions/:id`: another sum from the next month on, or collecting paused and taken up again. */
export function updateSubscription(practice: Practice, { id, given }: ApiRequest): ApiAnswer {
  const asked = parameters(updateShape, given);
  const { subscription } = findSubscription(practice, id);
  if (subscription.status === 'canceled') throw badParameter('id', 'A canceled subscription can only update its cancellation_details.');
  const [item] = subscription.items.data;
  for (const { id: itemId, price_data } of asked.items ?? []) {
    if (itemId !== item.id) throw missing('subscription_item', itemId, 'items[0][id]');
    if (price_data.product !== item.price.product) throw missing('product', price_data.product, 'items[0][price_data][product]');
    if (price_data.currency !== item.price.currency) throw badParameter('items[0][price_data][currency]', 'The currency can not change.');
    item.price = { ...item.price, id: randomId(practice.random, 'price'), unit_amount: price_data.unit_amount };
  }
  if (asked.pause_collection !== undefined)
    subscription.pause_collection = asked.pause_collection === '' ? null : { behavior: 'void', resumes_at: null };
  emit(practice, 'customer.subscription.updated', subscription);
  return { answer: subscription, expand: asked.expand };
}

/** `DELETE /v1/subscriptions/:id` */
export function cancelSubscription(practice: Practice, { id, given }: ApiRequest): ApiAnswer {
  const { expand } = parameters(z.strictObject(expandable), given);
  const record = findSubscription(practice, id);
  if (record.subscription.status === 'canceled') throw missing('subscription', id);
  endSubscription(practice, record, 'cancellation_requested');
  return { answer: record.subscription, expand };
}

function findSubscription({ state }: Practice, id: string): SubscriptionRecord {
  const record = state.subscriptions.get(id);
  if (!record) throw missing('subscription', id);
  return record;
}
