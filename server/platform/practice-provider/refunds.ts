import { randomId } from '../../kernel/random';
import { emit, nowSeconds, type Practice } from './practice';
import { addTransaction } from './settlement';
import type { WireRefund } from './wire-money';
import type { Metadata, WireCharge } from './wire-objects';

/** A wallet's refund that nobody settles or fails is through after this. */
const refundTakesSeconds = 300;

/** Gives a part of a charge back: a card's at once, a wallet's after a while. That the charge has so much left was checked before. */
export function openRefund(
  practice: Practice,
  charge: WireCharge,
  { amount, reason, metadata }: { amount: number; reason: string | null; metadata: Metadata },
): WireRefund {
  const isCard = charge.payment_method_details.type === 'card';
  const refund: WireRefund = {
    id: randomId(practice.random, 're'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: nowSeconds(practice),
    currency: charge.currency,
    metadata,
    payment_intent: charge.payment_intent,
    reason,
    receipt_number: null,
    status: 'pending',
    ...(!isCard && { pending_reason: 'processing' as const }),
  };
  practice.state.refunds.set(refund.id, refund);
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount;
  if (isCard) pay(practice, refund);
  emit(practice, 'refund.created', refund);
  emit(practice, 'charge.refunded', charge);
  return refund;
}

/** A pending refund has reached the payer. */
export function settleRefund(practice: Practice, refund: WireRefund): void {
  if (refund.status !== 'pending') return;
  pay(practice, refund);
  emit(practice, 'refund.updated', refund);
}

/** A refund comes back, also one that was through already: the payer's account is closed. */
export function failRefund(practice: Practice, refund: WireRefund): void {
  if (refund.status === 'failed' || refund.status === 'canceled') return;
  if (refund.status === 'succeeded') {
    refund.failure_balance_transaction = addTransaction(practice, { type: 'refund_failure', source: refund.id, amount: refund.amount }).id;
  }
  refund.status = 'failed';
  refund.failure_reason = 'lost_or_stolen_card';
  giveBack(practice, refund);
  emit(practice, 'refund.failed', refund);
  emit(practice, 'refund.updated', refund);
}

/** A pending refund is called off. */
export function cancelRefund(practice: Practice, refund: WireRefund): void {
  refund.status = 'canceled';
  giveBack(practice, refund);
  emit(practice, 'refund.updated', refund);
}

/** Lets each pending refund through whose time has come. */
export function settleDueRefunds(practice: Practice): void {
  const before = nowSeconds(practice) - refundTakesSeconds;
  for (const refund of practice.state.refunds.values()) {
    if (refund.status === 'pending' && refund.created <= before) settleRefund(practice, refund);
  }
}

function pay(practice: Practice, refund: WireRefund): void {
  const isCard = practice.state.charges.get(refund.charge)?.payment_method_details.type === 'card';
  refund.status = 'succeeded';
  delete refund.pending_reason;
  const type = isCard ? 'refund' : 'payment_refund';
  refund.balance_transaction = addTransaction(practice, { type, source: refund.id, amount: -refund.amount }).id;
}

function giveBack(practice: Practice, refund: WireRefund): void {
  const charge = practice.state.charges.get(refund.charge);
  if (charge) Object.assign(charge, { amount_refunded: charge.amount_refunded - refund.amount, refunded: false });
}
