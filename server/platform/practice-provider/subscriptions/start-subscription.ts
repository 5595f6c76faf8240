import { randomId } from '../../../kernel/random';
import { shownSession } from '../checkout';
import { emit, nowSeconds, type Practice } from '../practice';
import type { SessionRecord, SubscriptionRecord } from '../practice-state';
import { addInvoice, monthsAfter, tryInvoice } from './months';
import type { WireSubscription } from './wire-subscriptions';

/** Pays an open session of subscription mode: the first month is collected, and the others will be. The session itself names no payment. */
export function startSubscription(practice: Practice, opened: SessionRecord): void {
  const { session, lineItems, subscriptionMetadata } = opened;
  const now = nowSeconds(practice);
  const id = randomId(practice.random, 'sub');
  const subscription: WireSubscription = {
    id,
    object: 'subscription',
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, reason: null },
    collection_method: 'charge_automatically',
    created: now,
    currency: session.currency,
    customer: randomId(practice.random, 'cus'),
    description: lineItems[0]?.description ?? null,
    ended_at: null,
    items: {
      object: 'list',
      data: [
        {
          id: randomId(practice.random, 'si'),
          object: 'subscription_item',
          created: now,
          current_period_start: now,
          current_period_end: monthsAfter(now, 1),
          price: {
            id: randomId(practice.random, 'price'),
            object: 'price',
            active: true,
            currency: session.currency,
            product: randomId(practice.random, 'prod'),
            recurring: { interval: 'month', interval_count: 1, usage_type: 'licensed' },
            type: 'recurring',
            unit_amount: session.amount_total,
          },
          quantity: 1,
          subscription: id,
        },
      ],
      has_more: false,
      url: `/v1/subscription_items?subscription=${id}`,
    },
    latest_invoice: null,
    livemode: false,
    metadata: subscriptionMetadata,
    pause_collection: null,
    start_date: now,
    status: 'active',
  };
  const record: SubscriptionRecord = { subscription, months: 1, cardFails: false };
  practice.state.subscriptions.set(id, record);
  emit(practice, 'customer.subscription.created', subscription);
  const invoice = addInvoice(practice, record, 'subscription_create');
  tryInvoice(practice, record, invoice);
  const { customer } = subscription;
  Object.assign(session, { status: 'complete', payment_status: 'paid', subscription: id, invoice: invoice.id, customer });
  emit(practice, 'checkout.session.completed', shownSession(practice, opened));
}
