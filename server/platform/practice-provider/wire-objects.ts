/** The JSON of the provider's API as far as it is practised; names and types are those of API 2026-10-28.endive. */

export const practisedApiVersion = '2026-10-28.endive';

export type Metadata = Record<string, string>;
/** `sepa_debit` stands for the methods that answer days later. */
export type PaymentMethodType = 'card' | 'wechat_pay' | 'alipay' | 'sepa_debit';

export interface WireSession {
  id: string;
  object: 'checkout.session';
  adaptive_pricing: { enabled: boolean } | null;
  allowed_payment_method_types: PaymentMethodType[] | null;
  amount_subtotal: number;
  amount_total: number;
  automatic_tax: { enabled: false; liability: null; provider: null; status: null };
  cancel_url: string | null;
  client_reference_id: string | null;
  created: number;
  currency: string;
  currency_conversion: null;
  custom_fields: [];
  custom_text: { after_submit: null; shipping_address: null; submit: null; terms_of_service_acceptance: null };
  customer: string | null;
  customer_details: null;
  customer_email: null;
  expires_at: number;
  invoice: string | null;
  livemode: false;
  locale: string | null;
  metadata: Metadata;
  mode: 'payment' | 'subscription';
  payment_intent: string | null;
  payment_method_types: PaymentMethodType[];
  payment_status: 'unpaid' | 'paid';
  shipping_options: [];
  status: 'open' | 'complete' | 'expired';
  submit_type: string | null;
  subscription: string | null;
  success_url: string;
  total_details: { amount_discount: 0; amount_shipping: 0; amount_tax: 0 };
  ui_mode: 'hosted_page';
  url: string | null;
}

export interface WireLineItem {
  id: string;
  object: 'item';
  amount_subtotal: number;
  amount_total: number;
  currency: string;
  description: string;
  quantity: number;
}

interface WirePaymentError {
  type: 'card_error';
  code: string;
  decline_code: string;
  message: string;
  charge: string;
  payment_method_type: PaymentMethodType;
}

export interface WirePaymentIntent {
  id: string;
  object: 'payment_intent';
  amount: number;
  amount_capturable: 0;
  amount_received: number;
  canceled_at: null;
  cancellation_reason: null;
  created: number;
  currency: string;
  customer: string | null;
  description: string | null;
  last_payment_error: WirePaymentError | null;
  latest_charge: string | null;
  livemode: false;
  metadata: Metadata;
  next_action: null;
  payment_method_types: PaymentMethodType[];
  status: 'requires_payment_method' | 'processing' | 'succeeded';
}

export interface WireCharge {
  id: string;
  object: 'charge';
  amount: number;
  amount_captured: number;
  amount_refunded: number;
  /** Null for now: the fee of the provider is a later fact, never known at the moment of payment. */
  balance_transaction: string | null;
  billing_details: { address: null; email: null; name: null; phone: null; tax_id: null };
  captured: boolean;
  created: number;
  currency: string;
  customer: string | null;
  disputed: boolean;
  failure_code: string | null;
  failure_message: string | null;
  livemode: false;
  metadata: Metadata;
  outcome: { network_status: string; reason: string | null; seller_message: string; type: string };
  paid: boolean;
  payment_intent: string;
  payment_method_details: { type: PaymentMethodType };
  receipt_url: null;
  refunded: boolean;
  status: 'succeeded' | 'pending' | 'failed';
}

export interface WireEvent {
  id: string;
  object: 'event';
  api_version: string;
  created: number;
  data: { object: { id: string; object: string } };
  livemode: false;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null } | null;
  type: string;
}

export interface WireWebhookEndpoint {
  id: string;
  object: 'webhook_endpoint';
  api_version: string;
  application: null;
  created: number;
  description: string | null;
  enabled_events: string[];
  livemode: false;
  metadata: Metadata;
  status: 'enabled';
  url: string;
}
