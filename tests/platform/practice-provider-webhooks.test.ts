import { setTimeout as wait } from 'node:timers/promises';
import type Stripe from 'stripe';
import { realTimer } from '../../server/platform/practice-provider/webhooks/delivery';
import type { PlannedFault } from '../../server/platform/practice-provider/webhooks/faults';
import { subscribedEvents } from '../../server/platform/stripe/webhook-events';
import { order, payPageOf, press, usePractice, webhookSecret } from './practising';

const practice = usePractice();
const paidEvents = ['charge.succeeded', 'payment_intent.succeeded', 'checkout.session.completed'];

async function pay(): Promise<string> {
  const opened = await practice.ours.createCheckoutSession(order);
  await press(payPageOf(opened), 'pay');
  return opened.id;
}

const pendingEvents = async (): Promise<string[]> => {
  const pending = await practice.stripe.events.list({ delivery_success: false });
  return pending.data.map(({ type }) => type);
};

test('a payment arrives signed, once, naming the session', async () => {
  const id = await pay();
  await practice.provider.control.deliverDue();
  await practice.provider.control.deliverDue();
  expect(practice.arrived()).toEqual(paidEvents);
  expect(practice.arrivals.at(-1)).toMatchObject({ event: { objectId: id, objectType: 'checkout.session', livemode: false } });
  expect(await pendingEvents()).toEqual([]);
});

test('an endpoint gets only what it asked for', async () => {
  const { url } = (await practice.stripe.webhookEndpoints.create({ url: 'http://127.0.0.1:9/', enabled_events: ['payout.paid'] })) ?? {};
  expect(url).toBe('http://127.0.0.1:9/');
  await practice.provider.stop();
  await practice.start({ webhook: { ...webhook(), events: subscribedEvents } });
  await pay();
  await practice.provider.control.deliverDue();
  expect(practice.arrived()).toEqual(['checkout.session.completed']);
});

test('the secret of an endpoint is shown once, when it is made', async () => {
  const made = await practice.stripe.webhookEndpoints.create({ url: 'https://county.example/hook', enabled_events: ['*'] });
  expect(made.secret).toMatch(/^whsec_/);
  expect(made).toMatchObject({ object: 'webhook_endpoint', status: 'enabled', enabled_events: ['*'] });
});

test('a decline and an expiry arrive, too', async () => {
  const opened = await practice.ours.createCheckoutSession(order);
  await press(payPageOf(opened), 'decline');
  await press(payPageOf(opened), 'expire');
  await practice.provider.control.deliverDue();
  expect(practice.arrived()).toEqual(['charge.failed', 'payment_intent.payment_failed', 'checkout.session.expired']);
});

test('a session that ends by time tells so without being asked', async () => {
  await practice.ours.createCheckoutSession(order);
  practice.clock.advance(24 * 3_600_000);
  await practice.provider.control.deliverDue();
  expect(practice.arrived()).toEqual(['checkout.session.expired']);
});

describe('what goes wrong on the way', () => {
  const completed = 'checkout.session.completed';
  test.each`
    fault                 | atOnce                        | later          | refusals                      | why
    ${'duplicate'}        | ${[...paidEvents, completed]} | ${[]}          | ${[]}                         | ${'sent twice'}
    ${'delay'}            | ${paidEvents.slice(0, 2)}     | ${[completed]} | ${[]}                         | ${'a minute late'}
    ${'drop'}             | ${paidEvents.slice(0, 2)}     | ${[]}          | ${[]}                         | ${'never sent'}
    ${'cut'}              | ${paidEvents}                 | ${[completed]} | ${[]}                         | ${'received, answer lost, sent again'}
    ${'wrong-secret'}     | ${paidEvents.slice(0, 2)}     | ${[completed]} | ${[{ webhook: 'signature' }]} | ${'signed with another secret'}
    ${'stale-timestamp'}  | ${paidEvents.slice(0, 2)}     | ${[completed]} | ${[{ webhook: 'too-old' }]}   | ${'signed an hour ago'}
    ${'future-timestamp'} | ${paidEvents.slice(0, 2)}     | ${[completed]} | ${[{ webhook: 'ahead' }]}     | ${'signed an hour ahead'}
  `('$fault: $why', async ({ fault, atOnce, later, refusals }) => {
    const { control } = practice.provider;
    control.planFaults([{ fault, type: completed } as PlannedFault]);
    practice.answerRefusals(400);
    await pay();
    await control.deliverDue();
    expect(practice.arrived()).toEqual(atOnce);
    expect(practice.arrivals.flatMap((arrival) => ('refused' in arrival ? [arrival.refused] : []))).toEqual(refusals);
    practice.arrivals.length = 0;
    practice.clock.advance(60_000);
    await control.deliverDue();
    expect(practice.arrived()).toEqual(later);
    expect(await pendingEvents()).toEqual(fault === 'drop' ? [completed] : []);
  });

  test('reorder: the first overtaken by the others', async () => {
    practice.provider.control.planFaults([{ fault: 'reorder', type: 'charge.succeeded' }]);
    await pay();
    await practice.provider.control.deliverDue();
    expect(practice.arrived()).toEqual(['payment_intent.succeeded', completed, 'charge.succeeded']);
  });

  test('a fault strikes as often as planned, and whatever comes first when no type is named', async () => {
    practice.provider.control.planFaults([{ fault: 'drop', times: 2 }]);
    await pay();
    await practice.provider.control.deliverDue();
    expect(practice.arrived()).toEqual([completed]);
  });
});

test('a receiver that fails is tried again with growing waits for three days, signed anew each time', async () => {
  const { control } = practice.provider;
  practice.answerWith(500);
  control.emit('payout.paid', { id: 'po_1', object: 'payout' });
  const triedAtHour: number[] = [];
  for (let hour = 0; hour < 100; hour += 1) {
    const before = practice.arrivals.length;
    await control.deliverDue();
    if (practice.arrivals.length > before) triedAtHour.push(hour);
    practice.clock.advance(3_600_000);
  }
  expect(triedAtHour).toEqual([0, 1, 2, 3, 4, 5, 8, 14, 26, 50, 74]); // the first waits are seconds and minutes, seen here once an hour
  expect(practice.arrived()).toEqual(triedAtHour.map(() => 'payout.paid')); // each trusted, so signed at its own time
  expect(control.attempts().map(({ eventId }) => eventId)).toEqual(triedAtHour.map(() => control.attempts()[0]?.eventId));
  expect(await pendingEvents()).toEqual(['payout.paid']);
});

test('the event says how the object was when it happened', async () => {
  const opened = await practice.ours.createCheckoutSession(order);
  await press(payPageOf(opened), 'decline');
  await press(payPageOf(opened), 'pay');
  const { data } = await practice.stripe.events.list({ type: 'payment_intent.payment_failed' });
  expect(data[0]?.data.object).toMatchObject({ status: 'requires_payment_method', last_payment_error: { code: 'card_declined' } });
});

test('events are listed by type, and each can be read', async () => {
  await pay();
  const types = ['charge.succeeded', 'checkout.session.completed'];
  const listed = await practice.stripe.events.list({ types });
  expect(listed.data.map(({ type }) => type)).toEqual([...types].reverse());
  const first = listed.data[0] as Stripe.Event;
  expect((await practice.stripe.events.retrieve(first.id)).id).toBe(first.id);
  await expect(practice.stripe.events.retrieve('evt_none')).rejects.toMatchObject({ code: 'resource_missing' });
});

test('more filters than a query array holds are still a list', async () => {
  await pay();
  const types = [...Array.from({ length: 30 }, (_, n) => `unknown.type_${n}`), 'charge.succeeded'];
  expect((await practice.stripe.events.list({ types })).data.map(({ type }) => type)).toEqual(['charge.succeeded']);
});

test('an endpoint of an older API version is told so in its events', async () => {
  practice.provider.control.setWebhook({ ...webhook(), apiVersion: '2020-08-27' });
  await pay();
  await practice.provider.control.deliverDue();
  expect(practice.arrivals[0]).toMatchObject({ event: { apiVersion: '2020-08-27' } });
});

test('with a real timer, webhooks come by themselves', async () => {
  await practice.provider.stop();
  await practice.start({ webhook: webhook(), timer: realTimer });
  await pay();
  for (let tries = 0; tries < 200 && practice.arrivals.length < 3; tries += 1) await wait(10);
  expect(practice.arrived()).toEqual(paidEvents);
});

function webhook(): { url: string; secret: string } {
  return { url: practice.webhookUrl, secret: webhookSecret };
}
