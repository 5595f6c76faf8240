import type { WireInvoice, WireInvoicePayment, WireSubscription } from './subscriptions/wire-subscriptions';
import type { WireBalanceTransaction, WireDispute, WireFraudWarning, WirePayout, WireRefund } from './wire-money';
import type { WireCharge, WireEvent, WireLineItem, WirePaymentIntent, WireSession, WireWebhookEndpoint } from './wire-objects';

/** A session with what the wire object does not show. */
export interface SessionRecord {
  session: WireSession;
  lineItems: WireLineItem[];
  intentMetadata: Record<string, string>;
  intentDescription: string | null;
  subscriptionMetadata: Record<string, string>;
  /** The payment of the tries so far; the session itself names it only once it is complete. */
  intentId: string | null;
}

/** A subscription with what the wire object does not show. */
export interface SubscriptionRecord {
  subscription: WireSubscription;
  /** Months that have begun. */
  months: number;
  /** The card is refused until somebody mends it. */
  cardFails: boolean;
}

export interface EndpointRecord {
  endpoint: WireWebhookEndpoint;
  secret: string;
}

/** One event on its way to one endpoint. The body is frozen when the event happens; time and signature are new for each attempt. */
export interface Delivery {
  order: number;
  eventId: string;
  eventType: string;
  endpointId: string;
  body: string;
  dueAtMs: number;
  attempts: number;
  /** A second sending of the same event that a fault asked for: it never counts as the delivery. */
  isDouble: boolean;
}

/** What was answered under an idempotency key, to be answered again. */
interface SavedAnswer {
  fingerprint: string;
  status: number;
  body: unknown;
  savedAtMs: number;
}

/** In which currency the provider keeps the county's balance, and what it asks for each payment. */
export interface Settlement {
  currency: string;
  /** One unit of the payer's currency in millionths of a unit of the balance's; null where both are the same. */
  rateMillionths: number | null;
  /** Fee of a payment, in basis points of the sum. */
  feeBp: number;
  /** Fee of a dispute, in the smallest unit of the balance's currency. */
  disputeFee: number;
}

const usualSettlement: Settlement = { currency: 'cny', rateMillionths: null, feeBp: 60, disputeFee: 1000 };

/** All that the practice provider knows. Maps keep the order of creation, which lists rely on. */
export interface PracticeState {
  sessions: Map<string, SessionRecord>;
  paymentIntents: Map<string, WirePaymentIntent>;
  charges: Map<string, WireCharge>;
  subscriptions: Map<string, SubscriptionRecord>;
  invoices: Map<string, WireInvoice>;
  invoicePayments: Map<string, WireInvoicePayment>;
  refunds: Map<string, WireRefund>;
  disputes: Map<string, WireDispute>;
  warnings: Map<string, WireFraudWarning>;
  transactions: Map<string, WireBalanceTransaction>;
  payouts: Map<string, WirePayout>;
  /** By which payout each transaction left the balance. */
  paidOut: Map<string, string>;
  events: Map<string, WireEvent>;
  endpoints: Map<string, EndpointRecord>;
  answers: Map<string, SavedAnswer>;
  deliveries: Delivery[];
  lastOrder: number;
  settlement: Settlement;
}

export function emptyState(): PracticeState {
  return {
    sessions: new Map(),
    paymentIntents: new Map(),
    charges: new Map(),
    subscriptions: new Map(),
    invoices: new Map(),
    invoicePayments: new Map(),
    refunds: new Map(),
    disputes: new Map(),
    warnings: new Map(),
    transactions: new Map(),
    payouts: new Map(),
    paidOut: new Map(),
    events: new Map(),
    endpoints: new Map(),
    answers: new Map(),
    deliveries: [],
    lastOrder: 0,
    settlement: usualSettlement,
  };
}
