import type { Metadata } from '../wire-objects';

/** What comes back each month, as the provider's API writes it: names and types of API 2026-10-28.endive. */

interface WirePrice {
  id: string;
  object: 'price';
  active: true;
  currency: string;
  product: string;
  recurring: { interval: 'month'; interval_count: number; usage_type: 'licensed' };
  type: 'recurring';
  unit_amount: number;
}

export interface WireSubscription {
  id: string;
  object: 'subscription';
  cancel_at: null;
  cancel_at_period_end: false;
  canceled_at: number | null;
  cancellation_details: { comment: null; feedback: null; reason: 'cancellation_requested' | 'payment_failed' | null };
  collection_method: 'charge_automatically';
  created: number;
  currency: string;
  customer: string;
  description: string | null;
  ended_at: number | null;
  items: {
    object: 'list';
    data: [
      {
        id: string;
        object: 'subscription_item';
        created: number;
        current_period_start: number;
        current_period_end: number;
        price: WirePrice;
        quantity: 1;
        subscription: string;
      },
    ];
    has_more: false;
    url: string;
  };
  latest_invoice: string | null;
  livemode: false;
  metadata: Metadata;
  /** Invoices are made and voided while it stands. */
  pause_collection: { behavior: 'void'; resumes_at: null } | null;
  start_date: number;
  status: 'active' | 'past_due' | 'canceled';
}

export interface WireInvoice {
  id: string;
  object: 'invoice';
  amount_due: number;
  amount_paid: number;
  amount_remaining: number;
  attempt_count: number;
  attempted: boolean;
  billing_reason: 'subscription_create' | 'subscription_cycle';
  created: number;
  currency: string;
  customer: string;
  customer_email: null;
  hosted_invoice_url: null;
  livemode: false;
  metadata: Metadata;
  next_payment_attempt: number | null;
  number: string;
  parent: {
    type: 'subscription_details';
    quote_details: null;
    subscription_details: { metadata: Metadata; subscription: string };
  };
  period_end: number;
  period_start: number;
  status: 'open' | 'paid' | 'void';
  status_transitions: { finalized_at: number; marked_uncollectible_at: null; paid_at: number | null; voided_at: number | null };
  total: number;
}

export interface WireInvoicePayment {
  id: string;
  object: 'invoice_payment';
  amount_paid: number | null;
  amount_requested: number;
  created: number;
  currency: string;
  invoice: string;
  is_default: true;
  livemode: false;
  payment: { type: 'payment_intent'; payment_intent: string };
  status: 'open' | 'paid' | 'canceled';
}
