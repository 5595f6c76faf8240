import { z } from '../../validation/zod';
import { expireSession, openSession, shownSession } from '../checkout';
import { nowSeconds, type Practice } from '../practice';
import type { SessionRecord } from '../practice-state';
import type { ApiAnswer, ApiRequest } from './endpoint';
import { createdWithin, page, pageParameters } from './lists';
import { bool, createdFilter, expandable, integer, list, metadata, parameters, webAddress } from './parameters';
import { badParameter, missing } from './refusals';

const smallestTotal = 100;
const largestTotal = 99_999_999;
const shortestSeconds = 30 * 60;
const longestSeconds = 24 * 3600;
const path = '/v1/checkout/sessions';

// What the real API takes and this one does not practise is refused as unknown: silence would hide a difference.
const createShape = z.strictObject({
  ...expandable,
  mode: z.enum(['payment', 'subscription']),
  ui_mode: z.enum(['hosted_page']).optional(),
  submit_type: z.enum(['auto', 'book', 'donate', 'pay']).optional(),
  line_items: list(
    z.strictObject({
      quantity: integer.refine((quantity) => quantity >= 1, 'must be at least 1').optional(),
      price_data: z.strictObject({
        currency: z.string().regex(/^[a-z]{3}$/, 'Invalid currency'),
        unit_amount: integer.refine((amount) => amount >= 0, 'must not be negative'),
        product_data: z.strictObject({
          name: z.string().min(1).max(250),
          description: z.string().optional(),
          metadata: metadata.optional(),
        }),
        recurring: z.strictObject({ interval: z.enum(['month']), interval_count: integer.optional() }).optional(),
      }),
    }),
  ),
  client_reference_id: z.string().max(200).optional(),
  metadata: metadata.optional(),
  payment_intent_data: z.strictObject({ metadata: metadata.optional(), description: z.string().max(1000).optional() }).optional(),
  subscription_data: z.strictObject({ metadata: metadata.optional(), description: z.string().max(500).optional() }).optional(),
  allowed_payment_method_types: list(z.enum(['card', 'wechat_pay', 'alipay'])).optional(),
  payment_method_options: z
    .strictObject({ wechat_pay: z.strictObject({ client: z.enum(['web', 'ios', 'android']), app_id: z.string().optional() }).optional() })
    .optional(),
  adaptive_pricing: z.strictObject({ enabled: bool.optional() }).optional(),
  locale: z.enum(['auto', 'en', 'en-GB', 'zh', 'zh-HK', 'zh-TW']).optional(),
  success_url: webAddress,
  cancel_url: webAddress.optional(),
  expires_at: integer.optional(),
});

type CreateParameters = z.infer<typeof createShape>;

/** `POST /v1/checkout/sessions` */
export function createSession(practice: Practice, { given }: ApiRequest): ApiAnswer {
  const asked = parameters(createShape, given);
  checkTotal(asked);
  checkMode(asked);
  const now = nowSeconds(practice);
  const record = openSession(practice, {
    mode: asked.mode,
    items: asked.line_items.map(({ quantity, price_data }) => ({
      name: price_data.product_data.name,
      currency: price_data.currency,
      unitAmount: price_data.unit_amount,
      quantity: quantity ?? 1,
    })),
    allowed: asked.allowed_payment_method_types ?? null,
    submitType: asked.submit_type ?? null,
    locale: asked.locale ?? null,
    clientReferenceId: asked.client_reference_id ?? null,
    metadata: asked.metadata ?? {},
    intentMetadata: asked.payment_intent_data?.metadata ?? {},
    intentDescription: asked.payment_intent_data?.description ?? null,
    subscriptionMetadata: asked.subscription_data?.metadata ?? {},
    adaptivePricing: asked.adaptive_pricing?.enabled ?? null,
    successUrl: asked.success_url,
    cancelUrl: asked.cancel_url ?? null,
    expiresAt: checkedExpiry(asked.expires_at ?? now + longestSeconds, now),
  });
  return { answer: shownSession(practice, record), expand: asked.expand };
}

/** `GET /v1/checkout/sessions/:id` */
export function getSession(practice: Practice, { id, given }: ApiRequest): ApiAnswer {
  const { expand } = parameters(z.strictObject(expandable), given);
  return { answer: shownSession(practice, findSession(practice, id)), expand };
}

/** `GET /v1/checkout/sessions` */
export function listSessions(practice: Practice, { given }: ApiRequest): ApiAnswer {
  const filters = {
    created: createdFilter.optional(),
    status: z.enum(['open', 'complete', 'expired']).optional(),
    payment_intent: z.string().optional(),
    subscription: z.string().optional(),
  };
  const asked = parameters(z.strictObject({ ...expandable, ...pageParameters, ...filters }), given);
  const sessions = [...practice.state.sessions.values()]
    .map((record) => shownSession(practice, record))
    .filter((session) => createdWithin(session, asked.created) && session.status === (asked.status ?? session.status))
    .filter((session) => session.payment_intent === (asked.payment_intent ?? session.payment_intent))
    .filter((session) => session.subscription === (asked.subscription ?? session.subscription));
  return { answer: page(sessions, asked, path), expand: asked.expand };
}

/** `GET /v1/checkout/sessions/:id/line_items` */
export function listLineItems(practice: Practice, { id, given }: ApiRequest): ApiAnswer {
  const asked = parameters(z.strictObject({ ...expandable, ...pageParameters }), given);
  const { lineItems } = findSession(practice, id);
  return { answer: page([...lineItems].reverse(), asked, `${path}/${id}/line_items`), expand: asked.expand };
}

/** `POST /v1/checkout/sessions/:id/expire`: only from `open`. */
export function expire(practice: Practice, { id, given }: ApiRequest): ApiAnswer {
  const { expand } = parameters(z.strictObject(expandable), given);
  const record = findSession(practice, id);
  const { status } = record.session;
  if (status !== 'open')
    throw badParameter('session', `Only Checkout Sessions with a status in ["open"] can be expired; this one is ${status}.`);
  expireSession(practice, record);
  return { answer: shownSession(practice, record), expand };
}

function findSession(practice: Practice, id: string): SessionRecord {
  const record = practice.state.sessions.get(id);
  if (!record) throw missing('checkout.session', id);
  return record;
}

function checkTotal({ line_items, allowed_payment_method_types, payment_method_options }: CreateParameters): void {
  const [first] = line_items;
  if (!first) throw badParameter('line_items', 'Missing required param: line_items.', 'parameter_missing');
  if (line_items.some(({ price_data }) => price_data.currency !== first.price_data.currency)) {
    throw badParameter('line_items', 'All line items must have the same currency.');
  }
  const total = line_items.reduce((sum, { quantity, price_data }) => sum + price_data.unit_amount * (quantity ?? 1), 0);
  if (total < smallestTotal) throw badParameter('line_items', 'The total is too small.', 'amount_too_small');
  if (total > largestTotal) throw badParameter('line_items', 'The total is too large.', 'amount_too_large');
  if (allowed_payment_method_types?.includes('wechat_pay') && !payment_method_options?.wechat_pay) {
    throw badParameter('payment_method_options[wechat_pay][client]', 'WeChat Pay needs a client.', 'parameter_missing');
  }
}

function checkMode({ mode, line_items, payment_intent_data, subscription_data, allowed_payment_method_types }: CreateParameters): void {
  if (mode === 'payment') {
    if (subscription_data) throw badParameter('subscription_data', 'You can not pass `subscription_data` in `payment` mode.');
    if (line_items.some(({ price_data }) => price_data.recurring))
      throw badParameter('line_items', 'You can not use recurring prices in `payment` mode.');
    return;
  }
  if (payment_intent_data) throw badParameter('payment_intent_data', 'You can not pass `payment_intent_data` in `subscription` mode.');
  if (!line_items.some(({ price_data }) => price_data.recurring))
    throw badParameter('line_items', 'You must provide at least one recurring price in `subscription` mode.');
  const wallet = allowed_payment_method_types?.find((method) => method !== 'card');
  if (wallet) throw badParameter('allowed_payment_method_types', `${wallet} can not be used in \`subscription\` mode.`);
}

function checkedExpiry(expiresAt: number, now: number): number {
  if (expiresAt >= now + shortestSeconds && expiresAt <= now + longestSeconds) return expiresAt;
  throw badParameter('expires_at', 'The expiry must be between 30 minutes and 24 hours from now.');
}
