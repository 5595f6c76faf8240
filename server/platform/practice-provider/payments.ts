import { randomId } from '../../kernel/random';
import { shownSession } from './checkout';
import { emit, nowSeconds, type Practice } from './practice';
import type { SessionRecord } from './practice-state';
import type { PaymentMethodType, WireCharge, WirePaymentIntent } from './wire-objects';

/** A bank that answers later takes this long, when nobody says otherwise. */
const delayedTakesSeconds = 2 * 24 * 3600;

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

/** The payer has agreed, and the bank answers later: the session is complete, and no money has come. */
export function delaySession(practice: Practice, record: SessionRecord): void {
  const intent = intentOf(practice, record);
  const charge = addCharge(practice, intent, 'sepa_debit', 'pending');
  Object.assign(intent, { status: 'processing', latest_charge: charge.id });
  Object.assign(record.session, { status: 'complete', payment_status: 'unpaid', payment_intent: intent.id });

  emit(practice, 'payment_intent.processing', intent);
  emit(practice, 'charge.pending', charge);
  emit(practice, 'checkout.session.completed', shownSession(practice, record));
}

/** The bank has answered a delayed payment. */
export function settleDelayed(practice: Practice, record: SessionRecord, outcome: 'succeeded' | 'failed'): void {
  const intent = intentOf(practice, record);
  const charge = practice.state.charges.get(intent.latest_charge ?? '');
  if (intent.status !== 'processing' || !charge) return;
  const isPaid = outcome === 'succeeded';
  Object.assign(charge, { status: outcome, paid: isPaid, captured: isPaid, amount_captured: isPaid ? charge.amount : 0 });
  Object.assign(intent, { status: isPaid ? 'succeeded' : 'requires_payment_method', amount_received: isPaid ? intent.amount : 0 });
  if (isPaid) record.session.payment_status = 'paid';
  charge.created = nowSeconds(practice);
  emit(practice, isPaid ? 'charge.succeeded' : 'charge.failed', charge);
  emit(practice, `checkout.session.async_payment_${outcome}`, shownSession(practice, record));
}

/** Banks that nobody made fail say yes after their time. */
export function settleDuePayments(practice: Practice): void {
  const before = nowSeconds(practice) - delayedTakesSeconds;
  for (const record of practice.state.sessions.values()) {
    const intent = practice.state.paymentIntents.get(record.intentId ?? '');
    const charge = practice.state.charges.get(intent?.latest_charge ?? '');
    if (intent?.status === 'processing' && charge && charge.created <= before) settleDelayed(practice, record, 'succeeded');
  }
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
  const { session, intentDescription, intentMetadata } = record;
  const intent = addIntent(practice, {
    amount: session.amount_total,
    currency: session.currency,
    customer: null,
    description: intentDescription,
    metadata: intentMetadata,
    payment_method_types: session.payment_method_types,
  });
  record.intentId = intent.id;
  return intent;
}

type NewIntent = Pick<WirePaymentIntent, 'amount' | 'currency' | 'customer' | 'description' | 'metadata' | 'payment_method_types'>;

/** A payment that nobody has tried yet. */
export function addIntent(practice: Practice, asked: NewIntent): WirePaymentIntent {
  const intent: WirePaymentIntent = {
    id: randomId(practice.random, 'pi'),
    object: 'payment_intent',
    ...asked,
    amount_capturable: 0,
    amount_received: 0,
    canceled_at: null,
    cancellation_reason: null,
    created: nowSeconds(practice),
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    next_action: null,
    status: 'requires_payment_method',
  };
  practice.state.paymentIntents.set(intent.id, intent);
  return intent;
}

/** One try of a payment, with its outcome. */
export function addCharge(
  practice: Practice,
  intent: WirePaymentIntent,
  method: PaymentMethodType,
  status: WireCharge['status'],
): WireCharge {
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
    customer: intent.customer,
    disputed: false,
    failure_code: status === 'failed' ? 'card_declined' : null,
    failure_message: status === 'failed' ? 'The payment was declined.' : null,
    livemode: false,
    metadata: intent.metadata,
    outcome:
      status !== 'failed'
        ? { network_status: 'approved_by_network', reason: null, seller_message: 'Payment complete.', type: 'authorized' }
        : {
            network_status: 'declined_by_network',
            reason: 'generic_decline',
            seller_message: 'The bank declined.',
            type: 'issuer_declined',
          },
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
