import type { StripeConfig } from '../config/config';
import {
  type BalanceTransaction,
  listPayouts,
  listTransactions,
  type ProviderCharge,
  type ProviderPayout,
  readCharge,
  readPayout,
  readTransactionOfCharge,
} from './balance';
import {
  type CheckoutOrder,
  type CheckoutSession,
  createCheckoutSession,
  expireCheckoutSession,
  findSessionOfPayment,
  readCheckoutSession,
} from './checkout-sessions';
import { type FraudWarning, type ProviderDispute, readDispute, readFraudWarning } from './disputes';
import { findInvoiceOfPayment, listInvoices, type ProviderInvoice, readInvoice } from './invoices';
import { type ProviderPayment, readPayment } from './payments';
import { createRefund, listRefunds, type ProviderRefund, type RefundOrder, readRefund } from './refunds';
import { stripeClient } from './stripe-client';
import {
  changeSubscription,
  createMonthlySession,
  type MonthlyOrder,
  type ProviderSubscription,
  readSubscription,
  type SubscriptionChange,
} from './subscriptions';
import { listEvents, type ProviderEvent, verifyWebhook } from './webhook-events';

/** The payment provider as the rooms see it. */
export interface PaymentProvider {
  /** Opens a session for a one-off gift; send the payer to its `url`. Repeating the same key gives the same session. */
  createCheckoutSession(order: CheckoutOrder): Promise<CheckoutSession>;
  /** Reads a session as it is now; the only ground on which a gift is booked. */
  readCheckoutSession(id: string): Promise<CheckoutSession>;
  /** Ends a session that is still open, so that nobody can pay it; gives it as it is then. */
  expireCheckoutSession(id: string): Promise<CheckoutSession>;
  /** The session by which a payment was made. */
  findSessionOfPayment(paymentIntentId: string): Promise<CheckoutSession | undefined>;
  /** Opens a session for a gift that comes each month; the same key gives the same session, and one session begins one subscription. */
  createMonthlySession(order: MonthlyOrder): Promise<CheckoutSession>;
  readSubscription(id: string): Promise<ProviderSubscription>;
  changeSubscription(
    of: Pick<ProviderSubscription, 'id' | 'itemId' | 'productId'>,
    change: SubscriptionChange,
    key: string,
  ): Promise<ProviderSubscription>;
  /** The invoice of a month; the only ground on which a month of a monthly gift is booked. */
  readInvoice(id: string): Promise<ProviderInvoice>;
  listInvoices(subscriptionId: string): Promise<ProviderInvoice[]>;
  /** The id of the invoice that a payment has paid. */
  findInvoiceOfPayment(paymentIntentId: string): Promise<string | undefined>;
  readPayment(id: string): Promise<ProviderPayment>;
  /** Gives money back by the way it came. Repeating the same key gives the same refund. */
  createRefund(order: RefundOrder): Promise<ProviderRefund>;
  readRefund(id: string): Promise<ProviderRefund>;
  listRefunds(of: { paymentIntentId: string } | { since: Date }): Promise<ProviderRefund[]>;
  readDispute(id: string): Promise<ProviderDispute>;
  readFraudWarning(id: string): Promise<FraudWarning>;
  readCharge(id: string): Promise<ProviderCharge>;
  readTransactionOfCharge(chargeId: string): Promise<BalanceTransaction | null>;
  listTransactions(of: { payoutId: string } | { since: Date }): Promise<BalanceTransaction[]>;
  readPayout(id: string): Promise<ProviderPayout>;
  listPayouts(since: Date): Promise<ProviderPayout[]>;
  /** What happened after an event or since a moment, the oldest first. */
  listEvents(from: { after: string } | { since: Date }): Promise<ProviderEvent[]>;
  /** Checks and reads a webhook; `now` is the time of receipt. Throws `input.malformed`. */
  verifyWebhook(rawBody: unknown, header: string | string[] | undefined, now: Date): ProviderEvent;
}

/** The adapter to Stripe. Throws RangeError when `apiBase` is not acceptable, so that a process with a bad setting does not start. */
export function paymentProvider({ config }: { config: StripeConfig }): PaymentProvider {
  const stripe = stripeClient(config);
  const trust = { secrets: config.webhookSecrets, toleranceSeconds: config.webhookToleranceS };
  return {
    createCheckoutSession: (order) => createCheckoutSession(stripe, order),
    readCheckoutSession: (id) => readCheckoutSession(stripe, id),
    expireCheckoutSession: (id) => expireCheckoutSession(stripe, id),
    findSessionOfPayment: (id) => findSessionOfPayment(stripe, id),
    createMonthlySession: (order) => createMonthlySession(stripe, order),
    readSubscription: (id) => readSubscription(stripe, id),
    changeSubscription: (of, change, key) => changeSubscription(stripe, of, change, key),
    readInvoice: (id) => readInvoice(stripe, id),
    listInvoices: (id) => listInvoices(stripe, id),
    findInvoiceOfPayment: (id) => findInvoiceOfPayment(stripe, id),
    readPayment: (id) => readPayment(stripe, id),
    createRefund: (order) => createRefund(stripe, order),
    readRefund: (id) => readRefund(stripe, id),
    listRefunds: (of) => listRefunds(stripe, of),
    readDispute: (id) => readDispute(stripe, id),
    readFraudWarning: (id) => readFraudWarning(stripe, id),
    readCharge: (id) => readCharge(stripe, id),
    readTransactionOfCharge: (id) => readTransactionOfCharge(stripe, id),
    listTransactions: (of) => listTransactions(stripe, of),
    readPayout: (id) => readPayout(stripe, id),
    listPayouts: (since) => listPayouts(stripe, since),
    listEvents: (from) => listEvents(stripe, from),
    verifyWebhook: (rawBody, header, now) => verifyWebhook(trust, rawBody, header, now),
  };
}
