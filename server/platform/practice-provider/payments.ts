import { randomId } from '../../kernel/random';
import { shownSession } from './checkout';
import { emit, nowSeconds, type Practice } from './practice';
import type { SessionRecord } from './practice-state';
import type { PaymentMethodType, WireCharge, WirePaymentIntent } from './wire-objects';

/** Pays an open session. The order of its events is the usual one; the real provider promises none. */
export function paySession(practice: Practice, record: SessionRecord, method: PaymentMethodType): void {
  const intent = intentOf(practice, record);
  const charge = addCharge(practice, intent, method, 'succeeded');
  Object.assign(intent, { status: 'succeeded', amount_received: intent.amount, last_payment_error: null, latest_charge: charge.id });
  Object.assign(record.session, { status: 'complete', payment_status: 'paid', payment_intent: intent.id });

  emit(practice, 'charge.succeeded', charge);
  emit(practice, 'payment_intent.succeeded', intent);
  emit(practice, 'checkout.session.completed', shownSession(practice, record));
}

/** The bank says no: the session stays open, and the payer may try again. */
export function declineSession(practice: Practice, record: SessionRecord, method: PaymentMethodType): void {
  const intent = intentOf(practice, record);
  const charge = addCharge(practice, intent, method, 'failed');
  intent.latest_charge = charge.id;
  intent.last_payment_error = {
    type: 'card_error',
    code: 'card_declined',
    decline_code: 'generic_decline',
    message: 'The payment was declined.',
    charge: charge.id,
    payment_method_type: method,
  };

  emit(practice, 'charge.failed', charge);
  emit(practice, 'payment_intent.payment_failed', intent);
}

function intentOf(practice: Practice, record: SessionRecord): WirePaymentIntent {
  const earlier = record.intentId === null ? undefined : practice.state.paymentIntents.get(record.intentId);
  if (earlier) return earlier;
  const intent: WirePaymentIntent = {
    id: randomId(practice.random, 'pi'),
    object: 'payment_intent',
    amount: record.session.amount_total,
    amount_capturable: 0,
    amount_received: 0,
    canceled_at: null,
    cancellation_reason: null,
    created: nowSeconds(practice),
    currency: record.session.currency,
    customer: null,
    description: record.intentDescription,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    metadata: record.intentMetadata,
    next_action: null,
    payment_method_types: record.session.payment_method_types,
    status: 'requires_payment_method',
  };
  record.intentId = intent.id;
  practice.state.paymentIntents.set(intent.id, intent);
  return intent;
}

function addCharge(practice: Practice, intent: WirePaymentIntent, method: PaymentMethodType, status: WireCharge['status']): WireCharge {
  const paid = status === 'succeeded';
  const charge: WireCharge = {
    id: randomId(practice.random, 'ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: paid ? intent.amount : 0,
    amount_refunded: 0,
    balance_transaction: null,
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    captured: paid,
    created: nowSeconds(practice),
    currency: intent.currency,
    customer: null,
    disputed: false,
    failure_code: paid ? null : 'card_declined',
    failure_message: paid ? null : 'The payment was declined.',
    livemode: false,
    metadata: intent.metadata,
    outcome: paid
      ? { network_status: 'approved_by_network', reason: null, seller_message: 'Payment complete.', type: 'authorized' }
      : { network_status: 'declined_by_network', reason: 'generic_decline', seller_message: 'The bank declined.', type: 'issuer_declined' },
    paid,
    payment_intent: intent.id,
    payment_method_details: { type: method },
    receipt_url: null,
    refunded: false,
    status,
  };
  practice.state.charges.set(charge.id, charge);
  return charge;
}
