import type { Metadata } from './wire-objects';

/** What moves at the provider after a payment, as its API writes it: names and types of API 2026-10-28.endive. */

export interface WireRefund {
  id: string;
  object: 'refund';
  amount: number;
  balance_transaction: string | null;
  charge: string;
  created: number;
  currency: string;
  failure_balance_transaction?: string;
  failure_reason?: string;
  metadata: Metadata;
  payment_intent: string;
  pending_reason?: 'processing';
  reason: string | null;
  receipt_number: null;
  status: 'pending' | 'succeeded' | 'failed' | 'canceled';
}

export interface WireDispute {
  id: string;
  object: 'dispute';
  amount: number;
  /** None, the withdrawal, or the withdrawal and the return; objects, never ids. */
  balance_transactions: WireBalanceTransaction[];
  charge: string;
  created: number;
  currency: string;
  evidence_details: { due_by: number | null; has_evidence: boolean; past_due: boolean; submission_count: number };
  is_charge_refundable: boolean;
  livemode: false;
  metadata: Metadata;
  payment_intent: string;
  reason: string;
  status: 'needs_response' | 'under_review' | 'won' | 'lost' | 'warning_needs_response' | 'warning_closed';
}

export type TransactionType =
  | 'charge'
  | 'payment'
  | 'refund'
  | 'payment_refund'
  | 'refund_failure'
  | 'adjustment'
  | 'stripe_fee'
  | 'payout'
  | 'payout_failure';

export interface WireBalanceTransaction {
  id: string;
  object: 'balance_transaction';
  amount: number;
  available_on: number;
  balance_type: 'payments';
  created: number;
  currency: string;
  description: string | null;
  exchange_rate: number | null;
  fee: number;
  fee_details: { amount: number; application: null; currency: string; description: string; type: 'stripe_fee' }[];
  net: number;
  reporting_category: string;
  source: string | null;
  status: 'available';
  type: TransactionType;
}

export interface WirePayout {
  id: string;
  object: 'payout';
  amount: number;
  arrival_date: number;
  automatic: true;
  balance_transaction: string;
  created: number;
  currency: string;
  failure_code: string | null;
  failure_message: string | null;
  livemode: false;
  metadata: Metadata;
  method: 'standard';
  reconciliation_status: 'completed' | 'in_progress';
  status: 'paid' | 'failed';
  trace_id: { status: 'supported'; value: string } | null;
}

export interface WireFraudWarning {
  id: string;
  object: 'radar.early_fraud_warning';
  actionable: boolean;
  charge: string;
  created: number;
  fraud_type: string;
  livemode: false;
  payment_intent: string;
}
