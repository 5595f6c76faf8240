import Stripe from 'stripe';
import { fen } from '../../server/kernel/money';
import { createPracticeProvider } from '../../server/platform/practice-provider/practice-provider';
import { practisedApiVersion } from '../../server/platform/practice-provider/wire-objects';
import { paymentProvider } from '../../server/platform/stripe/payment-provider';
import { order, payPageOf, press, secretKey, stripeConfig, usePractice } from './practising';

const practice = usePractice();

const minimal: Stripe.Checkout.SessionCreateParams = {
  mode: 'payment',
  line_items: [{ quantity: 1, price_data: { currency: 'cny', unit_amount: 500, product_data: { name: 'gift' } } }],
  success_url: 'http://localhost:3000/done',
};

describe('a one-off gift through the adapter', () => {
  test('opens, is paid on the pay page, and reads as paid', async () => {
    const opened = await practice.ours.createCheckoutSession(order);
    expect(opened).toMatchObject({
      mode: 'payment',
      status: 'open',
      paymentStatus: 'unpaid',
      amountFen: 1_000_000,
      currency: 'cny',
      livemode: false,
      giftId: 'gift_4k2',
      giftNumber: 'D-2026-000123',
      paymentIntentId: null,
      createdAt: practice.clock.now(),
      expiresAt: new Date('2026-11-25T02:00:00Z'),
    });

    const answer = await press(payPageOf(opened), 'pay');
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(`http://localhost:3000/giving/done?session_id=${opened.id}`);

    const paid = await practice.ours.readCheckoutSession(opened.id);
    expect(paid).toMatchObject({ status: 'complete', paymentStatus: 'paid', amountFen: 1_000_000, url: null });
    expect(paid.paymentIntentId).toMatch(/^pi_/);
  });

  test('carries its ids to payment and charge, and nothing personal', async () => {
    const opened = await practice.ours.createCheckoutSession(order);
    await press(payPageOf(opened), 'pay', 'card');
    const session = await practice.stripe.checkout.sessions.retrieve(opened.id, { expand: ['payment_intent.latest_charge', 'line_items'] });

    const ids = { giftId: 'gift_4k2', giftNumber: 'D-2026-000123' };
    expect(session).toMatchObject({
      metadata: ids,
      submit_type: 'donate',
      locale: 'zh',
      adaptive_pricing: { enabled: false },
      customer_details: null,
      customer_email: null,
      line_items: { data: [{ amount_total: 1_000_000, description: order.productName }] },
      payment_intent: {
        metadata: ids,
        amount_received: 1_000_000,
        latest_charge: { metadata: ids, paid: true, balance_transaction: null },
      },
    });
  });

  test('keeps the query of the return address', async () => {
    const opened = await practice.ours.createCheckoutSession({ ...order, successUrl: 'http://localhost:3000/done?lang=en' });
    const answer = await press(payPageOf(opened), 'pay');
    expect(answer.headers.get('location')).toBe(`http://localhost:3000/done?lang=en&session_id=${opened.id}`);
  });

  test('the same idempotency key opens one session; another order under it is a fault of ours', async () => {
    const first = await practice.ours.createCheckoutSession(order);
    practice.clock.advance(60_000);
    expect(await practice.ours.createCheckoutSession(order)).toEqual(first);
    await expect(practice.ours.createCheckoutSession({ ...order, amountFen: fen(1_00) })).rejects.toMatchObject({
      name: 'ProviderRefusal',
      type: 'StripeIdempotencyError',
    });
    expect((await practice.stripe.checkout.sessions.list()).data).toHaveLength(1);
  });

  test('an answer lost after it took effect is unknown, and repeating the key finds the session', async () => {
    practice.provider.control.planRequestFaults(['cut-after-commit', 'cut-after-commit']); // the client repeats a cut once by itself
    await expect(practice.ours.createCheckoutSession(order)).rejects.toMatchObject({ code: 'service.unavailable' });
    const found = await practice.ours.createCheckoutSession(order);
    expect((await practice.stripe.checkout.sessions.list()).data.map(({ id }) => id)).toEqual([found.id]);
  });

  test.each`
    faults
    ${['error']}
    ${['too-many']}
    ${['cut', 'cut']}
  `('$faults is service.unavailable, and opens nothing', async ({ faults }) => {
    practice.provider.control.planRequestFaults(faults);
    await expect(practice.ours.createCheckoutSession(order)).rejects.toMatchObject({ code: 'service.unavailable' });
    expect((await practice.stripe.checkout.sessions.list()).data).toEqual([]);
  });

  test('a provider that is down is service.unavailable', async () => {
    await practice.provider.stop();
    await expect(practice.ours.readCheckoutSession('cs_test_1')).rejects.toMatchObject({ code: 'service.unavailable' });
    await practice.start();
  });

  test('a wrong key is a fault of ours', async () => {
    const stranger = paymentProvider({ config: stripeConfig({ secretKey: 'sk_test_other', apiBase: practice.provider.url }) });
    await expect(stranger.createCheckoutSession(order)).rejects.toMatchObject({ type: 'StripeAuthenticationError' });
  });

  test('a session nobody opened is not found', async () => {
    await expect(practice.ours.readCheckoutSession('cs_test_none')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the API', () => {
  test('is of the version that the client is pinned to', () => {
    expect(practisedApiVersion).toBe(Stripe.API_VERSION);
  });

  const price = { currency: 'cny', unit_amount: 500, product_data: { name: 'gift' } };
  test.each`
    changes                                                                     | param                                           | code
    ${{ payment_method_types: ['card'] }}                                       | ${'payment_method_types'}                       | ${'parameter_unknown'}
    ${{ line_items: [{ quantity: 1, price_data: { ...price, vat: 1 } }] }}      | ${'line_items[0][price_data][vat]'}             | ${'parameter_unknown'}
    ${{ success_url: undefined }}                                               | ${'success_url'}                                | ${'parameter_missing'}
    ${{ line_items: undefined }}                                                | ${'line_items'}                                 | ${'parameter_missing'}
    ${{ mode: undefined }}                                                      | ${'mode'}                                       | ${'parameter_missing'}
    ${{ mode: 'setup' }}                                                        | ${'mode'}                                       | ${undefined}
    ${{ ui_mode: 'hosted' }}                                                    | ${'ui_mode'}                                    | ${undefined}
    ${{ success_url: 'javascript:alert(1)' }}                                   | ${'success_url'}                                | ${undefined}
    ${{ line_items: [{ price_data: { ...price, unit_amount: 1.5 } }] }}         | ${'line_items[0][price_data][unit_amount]'}     | ${undefined}
    ${{ line_items: [{ price_data: { ...price, unit_amount: 99 } }] }}          | ${'line_items'}                                 | ${'amount_too_small'}
    ${{ line_items: [{ price_data: { ...price, unit_amount: 100_000_000 } }] }} | ${'line_items'}                                 | ${'amount_too_large'}
    ${{ allowed_payment_method_types: ['wechat_pay'] }}                         | ${'payment_method_options[wechat_pay][client]'} | ${'parameter_missing'}
    ${{ expires_at: 1 }}                                                        | ${'expires_at'}                                 | ${undefined}
    ${{ expand: ['customer.sources'] }}                                         | ${undefined}                                    | ${undefined}
    ${{ expand: ['locale'] }}                                                   | ${'expand'}                                     | ${undefined}
    ${{ expand: ['nothing'] }}                                                  | ${'expand'}                                     | ${undefined}
    ${{ expand: ['a.b.c.d.e'] }}                                                | ${'expand'}                                     | ${undefined}
  `('answers $changes with param $param, code $code', async ({ changes, param, code }) => {
    const asked = practice.stripe.checkout.sessions.create({ ...minimal, locale: 'zh', ...changes });
    const outcome = await asked.then(
      () => ({ param: undefined, code: undefined }),
      (error: Stripe.errors.StripeError) => ({ param: error.param, code: error.code }),
    );
    expect(outcome).toEqual({ param, code });
  });

  test('a refused parameter does not use up the idempotency key', async () => {
    const options = { idempotencyKey: 'gift:1:session:1' };
    await expect(practice.stripe.checkout.sessions.create({ ...minimal, success_url: 'nowhere' }, options)).rejects.toMatchObject({
      param: 'success_url',
    });
    const mended = await practice.stripe.checkout.sessions.create(minimal, options);
    expect(mended.status).toBe('open');
  });

  test('a replay says that it is one, and each answer has a request id', async () => {
    const options = { idempotencyKey: 'gift:1:session:1' };
    const first = await practice.stripe.checkout.sessions.create(minimal, options);
    const second = await practice.stripe.checkout.sessions.create(minimal, options);
    expect(second.id).toBe(first.id);
    expect(second.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(first.lastResponse.headers['idempotent-replayed']).toBeUndefined();
    expect(second.lastResponse.requestId).toMatch(/^req_/);
    expect(second.lastResponse.requestId).not.toBe(first.lastResponse.requestId);
  });

  test('forgets an idempotency key after a day', async () => {
    const options = { idempotencyKey: 'gift:1:session:1' };
    const first = await practice.stripe.checkout.sessions.create(minimal, options);
    practice.clock.advance(24 * 3_600_000 + 1);
    const second = await practice.stripe.checkout.sessions.create(minimal, options);
    expect(second.id).not.toBe(first.id);
  });

  test('lists newest first, page by page, both ways', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.unshift((await practice.stripe.checkout.sessions.create(minimal)).id);
    const { sessions } = practice.stripe.checkout;
    const page = async (asked: Stripe.Checkout.SessionListParams) => {
      const { data, has_more } = await sessions.list(asked);
      return [data.map(({ id }) => ids.indexOf(id)), has_more];
    };
    expect(await page({ limit: 2 })).toEqual([[0, 1], true]);
    expect(await page({ limit: 2, starting_after: ids[1] ?? '' })).toEqual([[2, 3], true]);
    expect(await page({ limit: 2, starting_after: ids[3] ?? '' })).toEqual([[4], false]);
    expect(await page({ limit: 2, ending_before: ids[4] ?? '' })).toEqual([[2, 3], true]);
    expect(await page({ limit: 2, ending_before: ids[1] ?? '' })).toEqual([[0], false]);
    const all = await sessions.list({ limit: 2, ending_before: ids[4] ?? '' }).autoPagingToArray({ limit: 10 });
    expect(all.map(({ id }) => ids.indexOf(id))).toEqual([3, 2, 1, 0]); // oldest first: what the sweep relies on
    await expect(sessions.list({ starting_after: 'cs_none' })).rejects.toMatchObject({ code: 'resource_missing', param: 'starting_after' });
    await expect(sessions.list({ limit: 101 })).rejects.toMatchObject({ param: 'limit' });
  });

  test('filters lists by state and time', async () => {
    const early = await practice.stripe.checkout.sessions.create(minimal);
    practice.clock.advance(60_000);
    const late = await practice.stripe.checkout.sessions.create(minimal);
    await practice.stripe.checkout.sessions.expire(early.id);
    const list = async (asked: Stripe.Checkout.SessionListParams) =>
      (await practice.stripe.checkout.sessions.list(asked)).data.map(({ id }) => (id === early.id ? 'early' : 'late'));
    expect(await list({ status: 'open' })).toEqual(['late']);
    expect(await list({ status: 'expired' })).toEqual(['early']);
    expect(await list({ created: { gte: late.created } })).toEqual(['late']);
    expect(await list({ created: { lt: late.created } })).toEqual(['early']);
    expect(await list({ created: early.created })).toEqual(['early']);
  });

  test('an open session expires by request or by time, and only then', async () => {
    const { sessions } = practice.stripe.checkout;
    const asked = await sessions.create(minimal);
    expect(await sessions.expire(asked.id)).toMatchObject({ status: 'expired', url: null });
    await expect(sessions.expire(asked.id)).rejects.toMatchObject({ statusCode: 400 });

    const timed = await sessions.create({ ...minimal, expires_at: Math.floor(practice.clock.now().getTime() / 1000) + 1800 });
    practice.clock.advance(1_799_000);
    expect((await sessions.retrieve(timed.id)).status).toBe('open');
    practice.clock.advance(1000);
    expect((await sessions.retrieve(timed.id)).status).toBe('expired');
  });

  test('the payment and its charge can be read and listed', async () => {
    const opened = await practice.ours.createCheckoutSession(order);
    await press(payPageOf(opened), 'decline', 'card');
    await press(payPageOf(opened), 'pay', 'alipay');
    const { paymentIntentId } = await practice.ours.readCheckoutSession(opened.id);
    const intent = await practice.stripe.paymentIntents.retrieve(paymentIntentId ?? '', { expand: ['latest_charge'] });
    expect(intent).toMatchObject({ status: 'succeeded', last_payment_error: null });
    expect(intent.latest_charge).toMatchObject({ status: 'succeeded', payment_method_details: { type: 'alipay' } });
    const charges = await practice.stripe.charges.list({ payment_intent: intent.id, expand: ['data.payment_intent'] });
    expect(charges.data.map(({ status }) => status)).toEqual(['succeeded', 'failed']);
    expect(charges.data[0]?.payment_intent).toMatchObject({ id: intent.id });
    expect((await practice.stripe.paymentIntents.list()).data).toHaveLength(1);
    await expect(practice.stripe.charges.retrieve('__proto__')).rejects.toMatchObject({ code: 'resource_missing', statusCode: 404 });
  });

  test.each`
    method    | path                       | authorization            | status
    ${'GET'}  | ${'/v1/charges'}           | ${undefined}             | ${401}
    ${'GET'}  | ${'/v1/charges'}           | ${'Bearer sk_test_no'}   | ${401}
    ${'GET'}  | ${'/v1/nothing'}           | ${`Bearer ${secretKey}`} | ${404}
    ${'POST'} | ${'/v1/checkout/sessions'} | ${`Bearer ${secretKey}`} | ${400}
  `('$method $path as $authorization is $status, as JSON', async ({ method, path, authorization, status }) => {
    const answer = await fetch(`${practice.provider.url}${path}`, { method, headers: authorization ? { authorization } : {} });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
  });

  test('never takes a live key', () => {
    const { clock } = practice;
    const random = { bytes: (length: number) => Buffer.alloc(length) };
    expect(() => createPracticeProvider({ clock, random, secretKey: 'sk_live_1', origin: () => '' })).toThrow('sk_test_');
  });
});
