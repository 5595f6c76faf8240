import { randomId } from '../../kernel/random';
import { emit, nowSeconds, type Practice } from './practice';
import type { SessionRecord } from './practice-state';
import type { Metadata, PaymentMethodType, WireSession } from './wire-objects';

/** What a session is opened with; checked by the API before. */
export interface NewSession {
  mode: 'payment' | 'subscription';
  items: { name: string; currency: string; unitAmount: number; quantity: number }[];
  allowed: PaymentMethodType[] | null;
  submitType: string | null;
  locale: string | null;
  clientReferenceId: string | null;
  metadata: Metadata;
  intentMetadata: Metadata;
  intentDescription: string | null;
  /** What the subscription will bear, in subscription mode. */
  subscriptionMetadata: Metadata;
  adaptivePricing: boolean | null;
  successUrl: string;
  cancelUrl: string | null;
  expiresAt: number;
}

/** Wallets are paid once; what comes back each month is paid by card. */
const practisedMethods = { payment: ['wechat_pay', 'alipay', 'card'], subscription: ['card'] } as const satisfies Record<
  NewSession['mode'],
  PaymentMethodType[]
>;

/** Opens a session: the pay page is there from now until it is paid or expires. */
export function openSession(practice: Practice, asked: NewSession): SessionRecord {
  const currency = asked.items[0]?.currency ?? 'cny';
  const lineItems = asked.items.map((item) => ({
    id: randomId(practice.random, 'li'),
    object: 'item' as const,
    amount_subtotal: item.unitAmount * item.quantity,
    amount_total: item.unitAmount * item.quantity,
    currency,
    description: item.name,
    quantity: item.quantity,
  }));
  const total = lineItems.reduce((sum, item) => sum + item.amount_total, 0);
  const session: WireSession = {
    id: randomId(practice.random, 'cs_test'),
    object: 'checkout.session',
    adaptive_pricing: asked.adaptivePricing === null ? null : { enabled: asked.adaptivePricing },
    allowed_payment_method_types: asked.allowed,
    amount_subtotal: total,
    amount_total: total,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    cancel_url: asked.cancelUrl,
    client_reference_id: asked.clientReferenceId,
    created: nowSeconds(practice),
    currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer: null,
    customer_details: null,
    customer_email: null,
    expires_at: asked.expiresAt,
    invoice: null,
    livemode: false,
    locale: asked.locale,
    metadata: asked.metadata,
    mode: asked.mode,
    payment_intent: null, // not before completion: code that reads it earlier breaks on the real provider
    payment_method_types: asked.allowed ?? [...practisedMethods[asked.mode]],
    payment_status: 'unpaid',
    shipping_options: [],
    status: 'open',
    submit_type: asked.submitType,
    subscription: null,
    success_url: asked.successUrl,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
    url: null,
  };
  const record = {
    session,
    lineItems,
    intentMetadata: asked.intentMetadata,
    intentDescription: asked.intentDescription,
    subscriptionMetadata: asked.subscriptionMetadata,
    intentId: null,
  };
  practice.state.sessions.set(session.id, record);
  practice.wake();
  return record;
}

/** The session as the API shows it. Its address is made at reading: after a restart the provider may listen on another port. */
export function shownSession(practice: Practice, record: SessionRecord): WireSession {
  const { session } = record;
  return { ...session, url: session.status === 'open' ? `${practice.origin()}/pay/${session.id}` : null };
}

/** Ends an open session without payment. */
export function expireSession(practice: Practice, record: SessionRecord): void {
  record.session.status = 'expired';
  emit(practice, 'checkout.session.expired', shownSession(practice, record));
}

/** Ends each open session whose time has come. */
export function expireDueSessions(practice: Practice): void {
  const now = nowSeconds(practice);
  for (const record of practice.state.sessions.values()) {
    if (record.session.status === 'open' && record.session.expires_at <= now) expireSession(practice, record);
  }
}
