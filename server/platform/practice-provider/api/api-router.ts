import { Router, urlencoded } from 'express';
import type { Practice } from '../practice';
import { getBalance, getPayout, getTransaction, listPayouts, listTransactions } from './balance';
import { createSession, expire, getSession, listLineItems, listSessions } from './checkout-sessions';
import { closeDispute, getDispute, getWarning, listDisputes, listWarnings, updateDispute } from './disputes';
import { type ApiAnswer, type ApiRequest, bearer, endpoint, refusalsAsJson, requestIds, unknownPath } from './endpoint';
import { getEvent, listEvents } from './events';
import { getInvoice, listInvoicePayments, listInvoices } from './invoices';
import { getCharge, getPaymentIntent, listCharges, listPaymentIntents } from './payments';
import { cancel, createRefund, getRefund, listRefunds } from './refunds';
import type { RequestFaults } from './request-faults';
import { cancelSubscription, getSubscription, listSubscriptions, updateSubscription } from './subscriptions';
import { createWebhookEndpoint } from './webhook-endpoints';

/** The API below `/v1`. */
export function apiRouter(practice: Practice, secretKey: string, faults: RequestFaults): Router {
  const router = Router();
  const on = (act: (practice: Practice, request: ApiRequest) => ApiAnswer) => endpoint(practice, (request) => act(practice, request));

  router.use(requestIds(practice), bearer(secretKey), faults.strike);
  router.use(urlencoded({ extended: true, limit: '64kb' })); // nested names: line_items[0][price_data][currency]

  router.post('/checkout/sessions', on(createSession));
  router.get('/checkout/sessions', on(listSessions));
  router.get('/checkout/sessions/:id', on(getSession));
  router.get('/checkout/sessions/:id/line_items', on(listLineItems));
  router.post('/checkout/sessions/:id/expire', on(expire));
  router.get('/payment_intents', on(listPaymentIntents));
  router.get('/payment_intents/:id', on(getPaymentIntent));
  router.get('/charges', on(listCharges));
  router.get('/charges/:id', on(getCharge));
  router.post('/refunds', on(createRefund));
  router.get('/refunds', on(listRefunds));
  router.get('/refunds/:id', on(getRefund));
  router.post('/refunds/:id/cancel', on(cancel));
  router.get('/subscriptions', on(listSubscriptions));
  router.get('/subscriptions/:id', on(getSubscription));
  router.post('/subscriptions/:id', on(updateSubscription));
  router.delete('/subscriptions/:id', on(cancelSubscription));
  router.get('/invoices', on(listInvoices));
  router.get('/invoices/:id', on(getInvoice));
  router.get('/invoice_payments', on(listInvoicePayments));
  router.get('/disputes', on(listDisputes));
  router.get('/disputes/:id', on(getDispute));
  router.post('/disputes/:id', on(updateDispute));
  router.post('/disputes/:id/close', on(closeDispute));
  router.get('/radar/early_fraud_warnings', on(listWarnings));
  router.get('/radar/early_fraud_warnings/:id', on(getWarning));
  router.get('/balance', on(getBalance));
  router.get('/balance_transactions', on(listTransactions));
  router.get('/balance_transactions/:id', on(getTransaction));
  router.get('/payouts', on(listPayouts));
  router.get('/payouts/:id', on(getPayout));
  router.get('/events', on(listEvents));
  router.get('/events/:id', on(getEvent));
  router.post('/webhook_endpoints', on(createWebhookEndpoint));

  router.use(unknownPath, refusalsAsJson);
  return router;
}
