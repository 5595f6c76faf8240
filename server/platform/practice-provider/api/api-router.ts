import { Router, urlencoded } from 'express';
import type { Practice } from '../practice';
import { createSession, expire, getSession, listLineItems, listSessions } from './checkout-sessions';
import { type ApiAnswer, type ApiRequest, bearer, endpoint, refusalsAsJson, requestIds, unknownPath } from './endpoint';
import { getEvent, listEvents } from './events';
import { getCharge, getPaymentIntent, listCharges, listPaymentIntents } from './payments';
import type { RequestFaults } from './request-faults';
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
  router.get('/events', on(listEvents));
  router.get('/events/:id', on(getEvent));
  router.post('/webhook_endpoints', on(createWebhookEndpoint));

  router.use(unknownPath, refusalsAsJson);
  return router;
}
