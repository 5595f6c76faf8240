import request from 'supertest';
import { AuditEvent } from '../../server/audit/audit-event.model';
import { donationsTruths, endSessionOfWithdrawn, gift as giftLot, reconcileOpenGifts } from '../../server/donations';
import { EventInbox } from '../../server/donations/event-inbox';
import { Gift } from '../../server/donations/gift.model';
import { ProviderMessage } from '../../server/donations/inbox.model';
import { balanceOf, findEntryByKey, findStatementLines } from '../../server/ledger';
import { startingWith } from '../../server/platform/mongo/operators';
import { OutboxEvent } from '../../server/platform/outbox/outbox-event.model';
import type { PlannedFault } from '../../server/platform/practice-provider/webhooks/faults';
import type { ProviderEvent } from '../../server/platform/stripe/webhook-events';
import { press } from '../platform/practising';
import { submit } from '../support/sign-in';
import { useGivingCounty } from './giving-county';
import { settleTold } from './settle-told';

const county = useGivingCounty();
const { ctx } = county;
const minuteMs = 60_000;

let count = 0;
async function opened(fields: Record<string, string> = {}): Promise<{ gift: Gift; payUrl: string }> {
  const answer = await county.give({ requestKey: `online-${String(++count).padStart(4, '0')}`, ...fields }).expect(201);
  return { gift: await giftNow(answer.body.number), payUrl: answer.body.payUrl };
}

async function giftNow(number: string): Promise<Gift> {
  const gift = await Gift.findOne({ ledger: ctx.ledger, number }).lean();
  if (!gift) throw new Error(`no gift ${number}`);
  return gift;
}

const returnTo = (gift: Gift) => request(county.app).get(`/gifts/${gift.code}/payment`);

/** Booked once, whole, into the pool of its restriction: by the entry and by the lot's own statement. */
async function expectBookedOnce(gift: Gift): Promise<void> {
  expect((await giftNow(gift.number)).state.name).toBe('received');
  const lines = await findStatementLines(ctx, giftLot(gift.number), {}, 10);
  expect(lines.map(({ kind, change }) => [kind, change])).toEqual([['gift.received', gift.amountFen]]);
  expect(await balanceOf(ctx, giftLot(gift.number))).toBe(gift.amountFen);
}

test.each`
  method      | chosen
  ${'card'}   | ${'card'}
  ${'wechat'} | ${'wechat_pay'}
  ${'alipay'} | ${'alipay'}
`('who chose $method finds it chosen on the pay page, also at the next try', async ({ method, chosen }) => {
  const chosenAt = async (address: string) => {
    const page = await (await fetch(address)).text();
    return [...page.matchAll(/name="method" value="(\w+)" required checked/g)].map((match) => match[1]);
  };
  const { gift, payUrl } = await opened({ method });
  expect(await chosenAt(payUrl)).toEqual([chosen]);
  await press(payUrl, 'expire');
  const again = await county.post(`/api/v1/gifts/${gift.code}/payments`, {}).expect(201);
  expect(again.body.payUrl).not.toBe(payUrl);
  expect(await chosenAt(again.body.payUrl)).toEqual([chosen]);
});

describe('a paid gift is booked once', () => {
  test.each`
    order                              | fault
    ${['webhook']}                     | ${undefined}
    ${['return', 'webhook']}           | ${undefined}
    ${['webhook', 'return', 'return']} | ${undefined}
    ${['together']}                    | ${undefined}
    ${['webhook', 'sweep']}            | ${'duplicate'}
    ${['sweep', 'webhook']}            | ${'delay'}
    ${['webhook', 'sweep']}            | ${'drop'}
    ${['webhook', 'later']}            | ${'cut'}
    ${['webhook', 'later']}            | ${'wrong-secret'}
    ${['webhook', 'return', 'later']}  | ${'stale-timestamp'}
  `('$order, webhook $fault', async ({ order, fault }) => {
    const { gift, payUrl } = await opened();
    if (fault) county.practice.provider.control.planFaults([{ fault, type: 'checkout.session.completed' } as PlannedFault]);
    await press(payUrl, 'pay');
    for (const way of order) await come(way, gift);
    await expectBookedOnce(gift);
  });

  async function come(way: string, gift: Gift): Promise<void> {
    if (way === 'webhook') return county.deliver();
    if (way === 'return') return void (await returnTo(gift).expect(200));
    if (way === 'together') return void (await Promise.all([county.deliver(), returnTo(gift), returnTo(gift), sweep()]));
    county.practice.clock.advance(15 * minuteMs);
    if (way === 'sweep') return void (await sweep());
    return county.deliver(); // the provider tries again
  }
  const sweep = () => reconcileOpenGifts(ctx, county.giving);
});

test('an event that comes again is not looked at again', async () => {
  const { gift, payUrl } = await opened();
  county.practice.provider.control.planFaults([{ fault: 'duplicate', type: 'checkout.session.completed' }]);
  await press(payUrl, 'pay');
  await county.deliver();
  expect(await ProviderMessage.find({ ledger: ctx.ledger, gift: gift._id }).lean()).toMatchObject([
    { type: 'checkout.session.completed', outcome: 'settled' },
  ]);
});

test('the entry names the gift, its purpose and the provider that holds the money', async () => {
  const { gift, payUrl } = await opened({ purpose: 'illness' });
  await press(payUrl, 'pay');
  await county.deliver();
  expect(await findEntryByKey(ctx, `gift:${gift._id}:received`)).toMatchObject({
    kind: 'gift.received',
    source: { type: 'gift', id: gift._id },
    tags: { purpose: 'illness' },
    legs: expect.arrayContaining([
      expect.objectContaining({ account: 'provider:stripe', amount: 1_000_000 }),
      expect.objectContaining({ account: `gift:${gift.number}`, amount: -1_000_000 }),
    ]),
  });
});

describe('a payment that does not fit is put aside, not booked', () => {
  test('another sum', async () => {
    const { gift, payUrl } = await opened();
    await Gift.updateOne({ _id: gift._id }, { amountFen: 999_999 });
    await press(payUrl, 'pay');
    await county.deliver();
    expect(await giftNow(gift.number)).toMatchObject({ state: { name: 'awaiting' }, problem: { code: 'amount' } });
    expect(await balanceOf(ctx, giftLot(gift.number))).toBe(0);
  });

  test('practice money where real money is expected', async () => {
    const { gift, payUrl } = await opened();
    county.giving.livemode = true;
    await press(payUrl, 'pay');
    await county.deliver();
    expect(await giftNow(gift.number)).toMatchObject({ state: { name: 'awaiting' }, problem: { code: 'livemode' } });
  });
});

test('two clicks on "give", and two on "pay again", have one gift and one session', async () => {
  const fields = { requestKey: 'double-click' };
  const answers = await Promise.all([county.give(fields), county.give(fields), county.give(fields)]);
  const [first] = answers.map(({ body }) => body);
  expect(answers.map(({ body }) => [body.number, body.payUrl])).toEqual(answers.map(() => [first.number, first.payUrl]));

  await press(first.payUrl, 'expire');
  await county.deliver();
  expect((await giftNow(first.number)).state.name).toBe('lapsed');
  const again = () => county.post(`/api/v1/gifts/${first.code}/payments`, {});
  const retries = await Promise.all([again(), again()]);
  expect(new Set(retries.map(({ body }) => body.payUrl)).size).toBe(1);
  expect(retries[0]?.body.payUrl).not.toBe(first.payUrl);
  expect((await giftNow(first.number)).attempts).toHaveLength(2);
  await press(retries[0]?.body.payUrl, 'pay');
  await county.deliver();
  await expectBookedOnce(await giftNow(first.number));
});

test('the provider is down: the gift is kept, and one session is made when it answers again', async () => {
  county.practice.provider.control.planRequestFaults(['error', 'error', 'error']);
  const answer = await county.give({ requestKey: 'provider-down' }).expect(201);
  expect(answer.body).toMatchObject({ payUrl: null, state: 'draft', number: expect.stringMatching(/^D-2026-\d{6}$/) });

  county.practice.clock.advance(15 * minuteMs);
  expect(await reconcileOpenGifts(ctx, county.giving)).toMatchObject({ waiting: expect.any(Number) });
  const again = await county.post(`/api/v1/gifts/${answer.body.code}/payments`, {});
  expect((await giftNow(answer.body.number)).attempts).toHaveLength(1);
  await press(again.body.payUrl, 'pay');
  await county.deliver();
  await expectBookedOnce(await giftNow(answer.body.number));
});

test.each`
  type                               | object                                              | outcome
  ${'payment_intent.payment_failed'} | ${{ id: 'pi_1', object: 'payment_intent' }}         | ${'notHandled'}
  ${'something.new'}                 | ${{ id: 'x_1', object: 'something' }}               | ${'notHandled'}
  ${'checkout.session.completed'}    | ${{ id: 'cs_unknown', object: 'checkout.session' }} | ${'notOurs'}
`('an event $type of $object.id is $outcome', async ({ type, object, outcome }) => {
  county.practice.provider.control.emit(type, object);
  await county.deliver();
  expect(await ProviderMessage.findOne({ ledger: ctx.ledger, objectId: object.id }).lean()).toMatchObject({ type, outcome });
});

test('a forged webhook changes nothing', async () => {
  const { gift } = await opened();
  const body = JSON.stringify({ id: 'evt_1', type: 'checkout.session.completed' });
  await request(county.app).post('/webhooks/stripe').set('stripe-signature', 't=1,v1=00').type('json').send(body).expect(400);
  expect((await giftNow(gift.number)).state.name).toBe('awaiting');
});

test('in the end each gift adds up, and only the two misfits are told (I3, I4)', async () => {
  const violations = await Promise.all(donationsTruths.map((truth) => truth.check(ctx)));
  const expected = ['a payment does not fit its gift: amount', 'a payment does not fit its gift: livemode'];
  expect(
    violations
      .flat()
      .map(({ what }) => what)
      .sort(),
  ).toEqual(expected);
});

describe('what the provider tells', () => {
  const events = (count: number, name: string): ProviderEvent[] =>
    Array.from({ length: count }, (_, at) => ({
      id: `evt_${name}_${at}`,
      type: 'something.new',
      createdAt: ctx.clock.now(),
      objectType: 'something',
      objectId: `x_${at}`,
      livemode: false,
      apiVersion: null,
    }));
  const kept = (name: string) => ProviderMessage.find({ ledger: ctx.ledger, _id: startingWith(`evt_${name}_`) }).lean<ProviderMessage[]>();
  const owed = async (name: string) => {
    const rows = await OutboxEvent.find({ ledger: ctx.ledger, topic: 'provider.told' }).lean();
    return rows.filter(({ payload }) => String(payload['eventId']).startsWith(`evt_${name}_`)).length;
  };

  test('is kept once, with one message for who deals with it, however often and to however many it comes at once', async () => {
    const [one, other] = [new EventInbox(), new EventInbox()]; // of two processes
    const told = events(300, 'crowd');
    await Promise.all([...told, ...told.slice(0, 60)].flatMap((event) => [one.take(ctx, event), other.take(ctx, event)]));
    expect(await kept('crowd')).toHaveLength(300);
    expect(await owed('crowd')).toBe(300);
    await settleTold(ctx, county.giving);
    expect(new Set((await kept('crowd')).map(({ outcome }) => outcome))).toEqual(new Set(['notHandled']));
  });

  test('is answered though the provider itself does not answer, and dealt with when it does', async () => {
    const { gift, payUrl } = await opened();
    await press(payUrl, 'pay');
    await county.practice.provider.control.deliverDue();
    expect(county.practice.provider.control.attempts().at(-1)).toMatchObject({ status: 200 });
    expect((await giftNow(gift.number)).state.name).toBe('awaiting');
    county.practice.provider.control.planRequestFaults(['error']);
    await expect(settleTold(ctx, county.giving)).rejects.toMatchObject({ code: 'service.unavailable' });
    expect((await giftNow(gift.number)).state.name).toBe('awaiting');
    await settleTold(ctx, county.giving);
    await expectBookedOnce(await giftNow(gift.number));
  });
});

describe('a gift that is taken back before it was paid', () => {
  test('by its link: it asks for no money any more, and money that comes all the same is booked', async () => {
    const { gift, payUrl } = await opened();
    const visitor = request.agent(county.app);
    expect((await visitor.get(`/gifts/${gift.code}`).expect(200)).text).toContain(`/gifts/${gift.code}/withdrawals`);
    const answer = await submit(visitor, `/gifts/${gift.code}`, `/gifts/${gift.code}/withdrawals`, {});
    expect([answer.status, answer.headers['location']]).toEqual([303, `/gifts/${gift.code}`]);
    const page = (await visitor.get(`/gifts/${gift.code}`)).text;
    expect(page).toContain('已收回');
    expect(page).not.toMatch(/\/payments|\/withdrawals|6222/); // nothing to pay, nothing to take back twice
    await county.post(`/api/v1/gifts/${gift.code}/payments`, {}).expect(409);
    expect((await county.post(`/api/v1/gifts/${gift.code}/withdrawals`, {}).expect(201)).body).toEqual({
      number: gift.number,
      state: 'withdrawn',
    });
    const told = await AuditEvent.find({ ledger: ctx.ledger, what: 'gift.withdrawn', subjectId: gift._id }).lean();
    expect(told).toHaveLength(1);

    await press(payUrl, 'pay'); // the provider's page still lay open
    await county.deliver();
    await expectBookedOnce(gift);
  });

  test('cannot be paid at its old address: the session ends, at once or when the provider answers again', async () => {
    const { provider } = county.practice;
    const [one, two] = [await opened(), await opened()];
    for (const { gift } of [one, two]) await county.post(`/api/v1/gifts/${gift.code}/withdrawals`, {}).expect(201);
    const told = await OutboxEvent.find({ ledger: ctx.ledger, topic: 'gift.takenBack' }).lean();
    for (const { gift } of [one, two]) expect(told.map(({ payload }) => payload)).toContainEqual({ giftId: gift._id });

    await endSessionOfWithdrawn(ctx, county.giving, one.gift._id);
    provider.control.planRequestFaults(['error']);
    await expect(endSessionOfWithdrawn(ctx, county.giving, two.gift._id)).rejects.toMatchObject({ code: 'service.unavailable' });
    expect((await giftNow(two.gift.number)).state.name).toBe('withdrawn');
    await reconcileOpenGifts(ctx, county.giving);

    for (const { gift, payUrl } of [one, two]) {
      await press(payUrl, 'pay');
      await county.deliver();
      expect(await (await fetch(payUrl)).text()).toContain('过期');
      expect(await giftNow(gift.number)).toMatchObject({ state: { name: 'withdrawn' }, attempts: [{ endedAt: expect.any(Date) }] });
    }
    await endSessionOfWithdrawn(ctx, county.giving, one.gift._id); // rung twice
  });

  test('is still looked at by the sweep, until its session can be paid no more', async () => {
    const { gift, payUrl } = await opened();
    await county.post(`/api/v1/gifts/${gift.code}/withdrawals`, {}).expect(201);
    await press(payUrl, 'pay');
    county.practice.clock.advance(11 * minuteMs);
    await reconcileOpenGifts(ctx, county.giving);
    await expectBookedOnce(gift);
    await county.post(`/api/v1/gifts/${gift.code}/withdrawals`, {}).expect(409); // the money is there
  });
});
