import { randomId } from '../../kernel/random';
import { emit, nowSeconds, type Practice } from './practice';
import { addTransaction } from './settlement';
import type { WireDispute, WireFraudWarning } from './wire-money';
import type { WireCharge } from './wire-objects';

const answerWithinSeconds = 7 * 24 * 3600;

/** The payer's bank asks about a charge. No money moves yet. */
export function openDispute(practice: Practice, charge: WireCharge, { amount, reason }: { amount: number; reason: string }): WireDispute {
  const dispute: WireDispute = {
    id: randomId(practice.random, 'du'),
    object: 'dispute',
    amount,
    balance_transactions: [],
    charge: charge.id,
    created: nowSeconds(practice),
    currency: charge.currency,
    evidence_details: { due_by: nowSeconds(practice) + answerWithinSeconds, has_evidence: false, past_due: false, submission_count: 0 },
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason,
    status: 'needs_response',
  };
  charge.disputed = true;
  practice.state.disputes.set(dispute.id, dispute);
  emit(practice, 'charge.dispute.created', dispute);
  return dispute;
}

/** The provider takes the money out of the balance, and a fee beside it. */
export function withdrawDispute(practice: Practice, dispute: WireDispute): void {
  if (dispute.balance_transactions.length > 0) return;
  const fee = practice.state.settlement.disputeFee;
  dispute.balance_transactions.push(addTransaction(practice, { type: 'adjustment', source: dispute.id, amount: -dispute.amount, fee }));
  emit(practice, 'charge.dispute.funds_withdrawn', dispute);
}

/** The bank decides for the charity: what was withdrawn comes back, the fee does not. */
export function winDispute(practice: Practice, dispute: WireDispute): void {
  if (isOver(dispute)) return;
  dispute.status = 'won';
  emit(practice, 'charge.dispute.closed', dispute);
  if (dispute.balance_transactions.length !== 1) return;
  dispute.balance_transactions.push(addTransaction(practice, { type: 'adjustment', source: dispute.id, amount: dispute.amount }));
  emit(practice, 'charge.dispute.funds_reinstated', dispute);
}

/** The bank decides for the payer. */
export function loseDispute(practice: Practice, dispute: WireDispute): void {
  if (isOver(dispute)) return;
  withdrawDispute(practice, dispute);
  dispute.status = 'lost';
  emit(practice, 'charge.dispute.closed', dispute);
}

/** A network tells that a payment looks like fraud, before anybody disputes it. */
export function warnOfFraud(practice: Practice, charge: WireCharge): WireFraudWarning {
  const warning: WireFraudWarning = {
    id: randomId(practice.random, 'issfr'),
    object: 'radar.early_fraud_warning',
    actionable: true,
    charge: charge.id,
    created: nowSeconds(practice),
    fraud_type: 'unauthorized_use_of_card',
    livemode: false,
    payment_intent: charge.payment_intent,
  };
  practice.state.warnings.set(warning.id, warning);
  emit(practice, 'radar.early_fraud_warning.created', warning);
  return warning;
}

function isOver({ status }: WireDispute): boolean {
  return status === 'won' || status === 'lost' || status === 'warning_closed';
}
