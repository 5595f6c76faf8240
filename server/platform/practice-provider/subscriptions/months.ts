import { randomId } from '../../../kernel/random';
import { addCharge, addIntent } from '../payments';
import { emit, nowSeconds, type Practice } from '../practice';
import type { SubscriptionRecord } from '../practice-state';
import type { WireInvoice, WireInvoicePayment } from './wire-subscriptions';

const daySeconds = 24 * 3600;
/** Days from one refused try to the next; after the last the subscription ends. */
const retryDays = [3, 5, 7] as const;

/** Begins each month whose day has come, and tries again what was refused. */
export function settleDueMonths(practice: Practice): void {
  const now = nowSeconds(practice);
  for (const record of practice.state.subscriptions.values()) {
    const invoice = openInvoice(practice, record);
    if (invoice?.next_payment_attempt && invoice.next_payment_attempt <= now) tryInvoice(practice, record, invoice);
    while (record.subscription.status !== 'canceled' && periodOf(record).current_period_end <= now) beginMonth(practice, record);
  }
}

/** Lets a month pass for one subscription: it began a month earlier than it did, so that its next month is due. */
export function letMonthPass(practice: Practice, record: SubscriptionRecord): string | undefined {
  const { subscription } = record;
  const period = periodOf(record);
  subscription.start_date = monthsAfter(subscription.start_date, -1);
  period.current_period_start = monthsAfter(subscription.start_date, record.months - 1);
  period.current_period_end = monthsAfter(subscription.start_date, record.months);
  settleDueMonths(practice);
  return subscription.latest_invoice ?? undefined;
}

/** The invoice of the next month is made and tried, or voided where collecting is paused. */
function beginMonth(practice: Practice, record: SubscriptionRecord): void {
  const { subscription } = record;
  const period = periodOf(record);
  const unpaid = openInvoice(practice, record);
  if (unpaid) unpaid.next_payment_attempt = null; // the month before is given up, as the real provider may be told to
  record.months += 1;
  period.current_period_start = period.current_period_end;
  period.current_period_end = monthsAfter(subscription.start_date, record.months);
  const invoice = addInvoice(practice, record, 'subscription_cycle');
  if (subscription.pause_collection) {
    Object.assign(invoice, { status: 'void', amount_remaining: 0 });
    invoice.status_transitions.voided_at = nowSeconds(practice);
    emit(practice, 'invoice.voided', invoice);
  } else {
    tryInvoice(practice, record, invoice);
  }
  if (subscription.status !== 'canceled') emit(practice, 'customer.subscription.updated', subscription);
}

/** Tries the open invoice at once. */
export function retryInvoice(practice: Practice, record: SubscriptionRecord): void {
  const invoice = openInvoice(practice, record);
  if (invoice) tryInvoice(practice, record, invoice);
}

export function failCard(record: SubscriptionRecord): void {
  record.cardFails = true;
}

export function mendCard(record: SubscriptionRecord): void {
  record.cardFails = false;
}

/** The invoice of the month that has begun, to be tried. */
export function addInvoice(practice: Practice, { subscription }: SubscriptionRecord, reason: WireInvoice['billing_reason']): WireInvoice {
  const now = nowSeconds(practice);
  const [item] = subscription.items.data;
  const amount = item.price.unit_amount;
  const invoice: WireInvoice = {
    id: randomId(practice.random, 'in'),
    object: 'invoice',
    amount_due: amount,
    amount_paid: 0,
    amount_remaining: amount,
    attempt_count: 0,
    attempted: false,
    billing_reason: reason,
    created: now,
    currency: subscription.currency,
    customer: subscription.customer,
    customer_email: null,
    hosted_invoice_url: null,
    livemode: false,
    metadata: {},
    next_payment_attempt: null,
    number: `PRACTICE-${String(practice.state.invoices.size + 1).padStart(4, '0')}`,
    parent: {
      type: 'subscription_details',
      quote_details: null,
      subscription_details: { metadata: { ...subscription.metadata }, subscription: subscription.id },
    },
    period_end: item.current_period_start,
    period_start: item.current_period_start,
    status: 'open',
    status_transitions: { finalized_at: now, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    total: amount,
  };
  practice.state.invoices.set(invoice.id, invoice);
  subscription.latest_invoice = invoice.id;
  return invoice;
}

/** One try to collect an invoice. The payment behind it bears no metadata: only the invoice leads to it. */
export function tryInvoice(practice: Practice, record: SubscriptionRecord, invoice: WireInvoice): void {
  const payment = paymentOf(practice, invoice);
  const intent = practice.state.paymentIntents.get(payment.payment.payment_intent);
  if (!intent) return;
  invoice.attempt_count += 1;
  invoice.attempted = true;
  const charge = addCharge(practice, intent, 'card', record.cardFails ? 'failed' : 'succeeded');
  intent.latest_charge = charge.id;
  if (record.cardFails) {
    refuse(practice, record, invoice);
    return;
  }
  intent.status = 'succeeded';
  intent.amount_received = intent.amount;
  Object.assign(payment, { status: 'paid', amount_paid: invoice.amount_due });
  Object.assign(invoice, { status: 'paid', amount_paid: invoice.amount_due, amount_remaining: 0, next_payment_attempt: null });
  invoice.status_transitions.paid_at = nowSeconds(practice);
  emit(practice, 'charge.succeeded', charge);
  emit(practice, 'payment_intent.succeeded', intent);
  emit(practice, 'invoice.paid', invoice);
  enter(practice, record, 'active');
}

function refuse(practice: Practice, record: SubscriptionRecord, invoice: WireInvoice): void {
  const days = retryDays[invoice.attempt_count - 1];
  invoice.next_payment_attempt = days === undefined ? null : nowSeconds(practice) + days * daySeconds;
  emit(practice, 'invoice.payment_failed', invoice);
  if (days === undefined) endSubscription(practice, record, 'payment_failed');
  else enter(practice, record, 'past_due');
}

/** Ends a subscription for good; an open invoice is tried no more. */
export function endSubscription(practice: Practice, record: SubscriptionRecord, reason: 'cancellation_requested' | 'payment_failed'): void {
  const now = nowSeconds(practice);
  const invoice = openInvoice(practice, record);
  if (invoice) invoice.next_payment_attempt = null;
  Object.assign(record.subscription, { status: 'canceled', canceled_at: now, ended_at: now });
  record.subscription.cancellation_details.reason = reason;
  emit(practice, 'customer.subscription.deleted', record.subscription);
}

/** The same day of the month so many months later, or the last day of a month that is shorter. */
export function monthsAfter(startSeconds: number, months: number): number {
  const start = new Date(startSeconds * 1000);
  const later = new Date(start);
  later.setUTCDate(1);
  later.setUTCMonth(start.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(later.getUTCFullYear(), later.getUTCMonth() + 1, 0)).getUTCDate();
  later.setUTCDate(Math.min(start.getUTCDate(), lastDay));
  return Math.floor(later.getTime() / 1000);
}

function enter(practice: Practice, { subscription }: SubscriptionRecord, status: 'active' | 'past_due'): void {
  if (subscription.status === status) return;
  subscription.status = status;
  emit(practice, 'customer.subscription.updated', subscription);
}

function openInvoice({ state }: Practice, { subscription }: SubscriptionRecord): WireInvoice | undefined {
  const latest = state.invoices.get(subscription.latest_invoice ?? '');
  return latest?.status === 'open' && subscription.status !== 'canceled' ? latest : undefined;
}

function periodOf({ subscription }: SubscriptionRecord) {
  return subscription.items.data[0];
}

function paymentOf(practice: Practice, invoice: WireInvoice): WireInvoicePayment {
  const known = [...practice.state.invoicePayments.values()].find((one) => one.invoice === invoice.id);
  if (known) return known;
  const intent = addIntent(practice, {
    amount: invoice.amount_due,
    currency: invoice.currency,
    customer: invoice.customer,
    description: null,
    metadata: {},
    payment_method_types: ['card'],
  });
  const payment: WireInvoicePayment = {
    id: randomId(practice.random, 'inpay'),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: invoice.amount_due,
    created: nowSeconds(practice),
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { type: 'payment_intent', payment_intent: intent.id },
    status: 'open',
  };
  practice.state.invoicePayments.set(payment.id, payment);
  return payment;
}
