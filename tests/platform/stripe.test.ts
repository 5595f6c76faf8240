import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { AppError } from '../../server/kernel/errors';
import { paymentProvider } from '../../server/platform/stripe/payment-provider';
import { providerBase } from '../../server/platform/stripe/provider-base';
import { apiVersion } from '../../server/platform/stripe/webhook-events';
import { order, stripeConfig } from './practising';

describe('the base address', () => {
  test.each`
    address                      | base
    ${'http://127.0.0.1:12111'}  | ${{ host: '127.0.0.1', port: 12111, protocol: 'http' }}
    ${'http://localhost:12111/'} | ${{ host: 'localhost', port: 12111, protocol: 'http' }}
    ${'http://[::1]:12111'}      | ${{ host: '::1', port: 12111, protocol: 'http' }}
    ${'http://localhost'}        | ${{ host: 'localhost', port: 80, protocol: 'http' }}
    ${'https://pay.example'}     | ${{ host: 'pay.example', port: 443, protocol: 'https' }}
  `('$address is split for the client', ({ address, base }) => {
    expect(providerBase(address, 'sk_test_x')).toEqual(base);
  });

  test.each`
    address                         | key            | why
    ${'http://127.0.0.1:12111/v1'}  | ${'sk_test_x'} | ${'no path'}
    ${'https://pay.example/?a=1'}   | ${'sk_test_x'} | ${'no query'}
    ${'https://me:pw@pay.example'}  | ${'sk_test_x'} | ${'no credentials'}
    ${'http://pay.example'}         | ${'sk_test_x'} | ${'loopback only'}
    ${'http://127.0.0.1.evil.test'} | ${'sk_test_x'} | ${'loopback only'}
    ${'ftp://127.0.0.1'}            | ${'sk_test_x'} | ${'http:// or https://'}
    ${'practice'}                   | ${'sk_test_x'} | ${'not an address'}
    ${'http://127.0.0.1:12111'}     | ${'sk_live_x'} | ${'live key'}
    ${'https://pay.example'}        | ${'rk_live_x'} | ${'live key'}
  `('$address with $key is refused: $why', ({ address, key, why }) => {
    expect(() => providerBase(address, key)).toThrow(why);
  });
});

describe('a webhook', () => {
  const now = new Date('2026-11-24T02:00:00Z');
  const seconds = Math.floor(now.getTime() / 1000);
  const provider = paymentProvider({ config: stripeConfig({ webhookSecrets: ['whsec_new', 'whsec_old'] }) });
  const body = JSON.stringify({
    id: 'evt_1',
    object: 'event',
    api_version: apiVersion,
    created: seconds,
    data: { object: { id: 'cs_test_1', object: 'checkout.session' } },
    livemode: false,
    type: 'checkout.session.completed',
  });
  const sign = (payload: string, secret = 'whsec_new', timestamp = seconds) =>
    Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });

  test.each`
    signedAt         | secret         | raw                  | why
    ${seconds}       | ${'whsec_new'} | ${Buffer.from(body)} | ${'fresh'}
    ${seconds}       | ${'whsec_old'} | ${Buffer.from(body)} | ${'the older secret is good while it rolls'}
    ${seconds}       | ${'whsec_new'} | ${body}              | ${'a raw string'}
    ${seconds - 300} | ${'whsec_new'} | ${Buffer.from(body)} | ${'300 s old'}
    ${seconds + 300} | ${'whsec_new'} | ${Buffer.from(body)} | ${'300 s ahead: a clock may be off'}
  `('is taken: $why', ({ signedAt, secret, raw }) => {
    expect(provider.verifyWebhook(raw, sign(body, secret, signedAt), now)).toEqual({
      id: 'evt_1',
      type: 'checkout.session.completed',
      createdAt: now,
      objectType: 'checkout.session',
      objectId: 'cs_test_1',
      livemode: false,
      apiVersion,
    });
  });

  const thin = JSON.stringify({ id: 'evt_1', object: 'v2.core.event', type: 'v1.checkout.session.completed' });
  const shapeless = JSON.stringify({ id: 'evt_1', object: 'event' });
  test.each`
    raw                  | header                                    | reason
    ${Buffer.from(body)} | ${sign(body, 'whsec_new', seconds - 301)} | ${'too-old'}
    ${Buffer.from(body)} | ${sign(body, 'whsec_new', seconds + 301)} | ${'ahead'}
    ${Buffer.from(body)} | ${sign(body, 'whsec_new', now.getTime())} | ${'ahead'}
    ${Buffer.from(body)} | ${sign(body, 'whsec_of_another')}         | ${'signature'}
    ${`${body} `}        | ${sign(body)}                             | ${'signature'}
    ${Buffer.from(body)} | ${`t=${seconds},v1=`}                     | ${'header'}
    ${Buffer.from(body)} | ${`t=${seconds},v1`}                      | ${'header'}
    ${Buffer.from(body)} | ${`t=soon,v1=00`}                         | ${'signature'}
    ${Buffer.from(body)} | ${`t=${seconds}`}                         | ${'signature'}
    ${Buffer.from(body)} | ${'nonsense'}                             | ${'header'}
    ${Buffer.from(body)} | ${undefined}                              | ${'header'}
    ${Buffer.from(body)} | ${''}                                     | ${'header'}
    ${Buffer.from(body)} | ${[sign(body), sign(body)]}               | ${'header'}
    ${undefined}         | ${sign(body)}                             | ${'body'}
    ${JSON.parse(body)}  | ${sign(body)}                             | ${'body'}
    ${''}                | ${sign('')}                               | ${'signature'}
    ${'{'}               | ${sign('{')}                              | ${'json'}
    ${thin}              | ${sign(thin)}                             | ${'thin-event'}
    ${shapeless}         | ${sign(shapeless)}                        | ${'shape'}
  `('is refused as malformed: $reason', ({ raw, header, reason }) => {
    expect(thrownBy(() => provider.verifyWebhook(raw, header, now))).toMatchObject({
      code: 'input.malformed',
      details: { webhook: reason },
    });
  });

  test('without any secret, none is trusted', () => {
    const deaf = paymentProvider({ config: stripeConfig({ webhookSecrets: [] }) });
    expect(thrownBy(() => deaf.verifyWebhook(body, sign(body, ''), now))).toMatchObject({ code: 'input.malformed' });
  });
});

describe('answers of the provider', () => {
  const session = {
    id: 'cs_test_1',
    object: 'checkout.session',
    mode: 'payment',
    status: 'complete',
    payment_status: 'paid',
    amount_total: 1_000_000,
    currency: 'cny',
    livemode: false,
    client_reference_id: 'D-2026-000123',
    metadata: { giftId: 'gift_4k2' },
    payment_intent: 'pi_1',
    url: null,
    created: 1_795_000_000,
    expires_at: 1_795_086_400,
  };
  let server: Server;
  let answer: { status: number; body: string };

  beforeAll((done) => {
    server = createServer((req, res) => {
      req.resume();
      res.writeHead(answer.status, { 'content-type': 'application/json', 'request-id': 'req_1' }).end(answer.body);
    }).listen(0, '127.0.0.1', done);
  });
  afterAll((done) => {
    server.close(done);
    server.closeAllConnections();
  });
  const provider = () =>
    paymentProvider({ config: stripeConfig({ apiBase: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }) });
  const error = (type: string, code?: string) => JSON.stringify({ error: { type, code, message: 'no', param: 'id' } });

  test.each`
    changes                               | read                                             | why
    ${{}}                                 | ${{ status: 'complete', amountFen: 1_000_000 }}  | ${'as we know it'}
    ${{ status: 'paused' }}               | ${{ status: 'unknown' }}                         | ${'a new state is parked'}
    ${{ status: null }}                   | ${{ status: 'unknown' }}                         | ${'no state is none we know'}
    ${{ payment_status: 'partly' }}       | ${{ paymentStatus: 'unknown' }}                  | ${'a new payment state'}
    ${{ mode: 'rent' }}                   | ${{ mode: 'unknown' }}                           | ${'a new mode'}
    ${{ currency: 'usd' }}                | ${{ amountFen: null, currency: 'usd' }}          | ${'dollars are no fen'}
    ${{ amount_total: null }}             | ${{ amountFen: null }}                           | ${'no sum yet'}
    ${{ payment_intent: { id: 'pi_2' } }} | ${{ paymentIntentId: 'pi_2' }}                   | ${'an expanded object'}
    ${{ metadata: null }}                 | ${{ giftId: null, giftNumber: 'D-2026-000123' }} | ${'a session that is not ours'}
  `('a session is read: $why', async ({ changes, read }) => {
    answer = { status: 200, body: JSON.stringify({ ...session, ...changes }) };
    expect(await provider().readCheckoutSession('cs_test_1')).toMatchObject(read);
  });

  test.each`
    status | body                                                  | code
    ${200} | ${JSON.stringify({ ...session, created: 'today' })}   | ${'service.unavailable'}
    ${200} | ${'<html>'}                                           | ${'service.unavailable'}
    ${500} | ${error('api_error')}                                 | ${'service.unavailable'}
    ${503} | ${'Bad gateway'}                                      | ${'service.unavailable'}
    ${429} | ${error('invalid_request_error', 'rate_limit')}       | ${'service.unavailable'}
    ${404} | ${error('invalid_request_error', 'resource_missing')} | ${'not-found'}
  `('$status $body is $code', async ({ status, body, code }) => {
    answer = { status, body };
    await expect(provider().readCheckoutSession('cs_test_1')).rejects.toMatchObject({ code });
  });

  test.each`
    status | type
    ${400} | ${'StripeInvalidRequestError'}
    ${401} | ${'StripeAuthenticationError'}
    ${403} | ${'StripePermissionError'}
  `('$status is a fault of ours, not of the donor', async ({ status, type }) => {
    answer = { status, body: error('invalid_request_error') };
    const refusal = await provider()
      .createCheckoutSession(order)
      .catch((thrown: unknown) => thrown);
    expect(refusal).not.toBeInstanceOf(AppError);
    expect(refusal).toMatchObject({ name: 'ProviderRefusal', type, facts: { status, requestId: 'req_1' } });
  });

  test.each`
    id
    ${'cs_test_1/expire'}
    ${'../charges'}
    ${'pi_1'}
    ${''}
  `('the id $id from a query string never reaches the provider', async ({ id }) => {
    answer = { status: 200, body: JSON.stringify(session) };
    await expect(provider().readCheckoutSession(id)).rejects.toMatchObject({ code: 'not-found', details: {} });
  });
});

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
