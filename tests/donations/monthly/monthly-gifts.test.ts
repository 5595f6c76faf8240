import request from 'supertest';
import { donationsTruths, reconcileProvider, thankDonor } from '../../../server/donations';
import { donorByCreditCode } from '../../../server/donations/donors';
import { Gift } from '../../../server/donations/gift.model';
import { MonthlyGift } from '../../../server/donations/monthly/monthly-gift.model';
import { tellOfMonthly } from '../../../server/donations/monthly/tell-of-monthly';
import { ParkedPayment } from '../../../server/donations/parked-payment.model';
import type { Role } from '../../../server/kernel/roles';
import { loadTranslator } from '../../../server/platform/i18n/translator';
import { OutboxEvent } from '../../../server/platform/outbox/outbox-event.model';
import type { PlannedFault } from '../../../server/platform/practice-provider/webhooks/faults';
import { press } from '../../platform/practising';
import { agentOf, samplePerson, submit } from '../../support/sign-in';
import { company, useGivingCounty } from '../giving-county';

const county = useGivingCounty();
const { ctx } = county;

let count = 0;
async function begun(fields: Record<string, string> = {}): Promise<{ monthly: MonthlyGift; payUrl: string }> {
  const requestKey = `monthly-${String(++count).padStart(4, '0')}`;
  const answer = await county.give({ requestKey, rhythm: 'monthly', amount: '100.00', ...fields }).expect(201);
  return { monthly: await now(answer.body.code), payUrl: answer.body.payUrl };
}

async function given(fields: Record<string, string> = {}): Promise<MonthlyGift> {
  const { monthly, payUrl } = await begun(fields);
  await press(payUrl, 'pay', 'card');
  await county.deliver();
  return now(monthly.code);
}

async function now(code: string): Promise<MonthlyGift> {
  const monthly = await MonthlyGift.findOne({ ledger: ctx.ledger, code }).lean();
  if (!monthly) throw new Error(`no monthly gift ${code}`);
  return monthly;
}

const months = ({ _id }: MonthlyGift) => Gift.find({ ledger: ctx.ledger, monthly: _id }).sort({ openedAt: 1 }).lean();
const change = (monthly: MonthlyGift, path: string, fields: Record<string, string> = {}) =>
  county.post(`/api/v1/monthly/${monthly.code}/${path}`, { requestKey: `change-${++count}-key`, ...fields });
const happen = (what: 'next-month' | 'fail-card' | 'mend-card' | 'retry-invoice', monthly: MonthlyGift) =>
  county.practice.provider.control.happen(what, monthly.subscriptionId);

async function monthPasses(monthly: MonthlyGift): Promise<void> {
  happen('next-month', monthly);
  await county.deliver();
}

const told = async ({ _id }: MonthlyGift) =>
  (await OutboxEvent.find({ ledger: ctx.ledger, topic: 'monthlyGift.moved', 'payload.monthlyId': _id }).lean())
    .map(({ payload }) => payload['news'])
    .sort();

describe('each month that was collected is a gift of its own, once', () => {
  test.each`
    order                             | fault
    ${['return', 'webhook']}          | ${undefined}
    ${['together']}                   | ${undefined}
    ${['webhook', 'sweep']}           | ${{ fault: 'duplicate', type: 'invoice.paid' }}
    ${['webhook', 'sweep']}           | ${{ fault: 'drop', type: 'invoice.paid' }}
    ${['webhook', 'later']}           | ${{ fault: 'cut', type: 'invoice.paid' }}
    ${['webhook', 'return', 'sweep']} | ${{ fault: 'drop', type: 'checkout.session.completed' }}
  `('$order, $fault', async ({ order, fault }) => {
    const { monthly, payUrl } = await begun();
    await press(payUrl, 'pay', 'card');
    if (fault) county.practice.provider.control.planFaults([fault as PlannedFault]);
    for (const way of order) await come(way, monthly);
    expect(await now(monthly.code)).toMatchObject({ state: { name: 'active' }, subscriptionId: expect.stringMatching(/^sub_/) });
    expect(await months(monthly)).toMatchObject([{ state: { name: 'received' }, amountFen: 100_00, received: { into: 'online' } }]);
  });

  async function come(way: string, monthly: MonthlyGift): Promise<void> {
    const back = () => request(county.app).get(`/monthly/${monthly.code}/payment`).expect(303);
    if (way === 'webhook') return county.deliver();
    if (way === 'return') return void (await back());
    if (way === 'together') return void (await Promise.all([county.deliver(), back(), sweep()]));
    county.practice.clock.advance(15 * 60_000);
    if (way === 'sweep') return void (await sweep());
    return county.deliver();
  }
});

const sweep = () => reconcileProvider(ctx, county.giving);

test('month after month: a gift each, with number, lot and giver of its own; a month that no webhook and no event told is found', async () => {
  const monthly = await given();
  await monthPasses(monthly);
  county.practice.provider.control.planFaults([
    { fault: 'drop', type: 'invoice.paid' },
    { fault: 'drop', type: 'customer.subscription.updated' },
  ]);
  await monthPasses(monthly);
  await sweep();
  await sweep();
  const all = await months(monthly);
  expect(all).toHaveLength(3);
  expect(new Set(all.map(({ number }) => number)).size).toBe(3);
  expect(all.map(({ donor }) => donor)).toEqual(all.map(() => monthly.donor));
  expect((await now(monthly.code)).nextOn).toBe('2026-12-24');
});

test('a dispute of a month of which nobody had told: the month is a gift first, then what was taken leaves it', async () => {
  const monthly = await given();
  const { control } = county.practice.provider;
  control.planFaults([{ fault: 'drop', times: 9 }]);
  await monthPasses(monthly);
  control.planFaults([]);
  expect(await months(monthly)).toHaveLength(1);
  const [{ paymentIntentId } = { paymentIntentId: null }] = await county.giving.provider.listInvoices(monthly.subscriptionId ?? '');
  const { latest_charge } = await county.practice.stripe.paymentIntents.retrieve(paymentIntentId ?? '');
  control.happen('withdraw-dispute', control.happen('open-dispute', String(latest_charge)) ?? '');
  await county.deliver();
  expect(await months(monthly)).toMatchObject([{ state: { name: 'received' } }, { state: { name: 'disputed' }, amountFen: 100_00 }]);
});

test('each month is thanked for in the language in which it was begun', async () => {
  const requestKey = `monthly-en-${++count}`;
  const fields = { ...company, requestKey, rhythm: 'monthly', amount: '100.00' };
  const { body } = await county.post('/api/v1/gifts?lang=en', fields).expect(201);
  await press(body.payUrl, 'pay', 'card');
  await county.deliver();
  await monthPasses(await now(body.code));
  const sent: string[] = [];
  const messenger = { send: async ({ text }: { text: string }) => void sent.push(text) };
  const thanking = { messenger, translator: await loadTranslator({ strict: true }), publicBaseUrl: 'https://hean.example' };
  const gifts = await months(await now(body.code));
  for (const { _id } of gifts) await thankDonor(ctx, thanking, _id);
  expect(sent).toEqual(gifts.map(({ number }) => expect.stringContaining(`Your gift of ¥100.00 has arrived, number ${number}.`)));
  expect(sent).toHaveLength(2);
});

test('nothing is received before it is: not at the page, not when the page is left, not when the card is declined', async () => {
  const { monthly, payUrl } = await begun();
  await press(payUrl, 'decline', 'card');
  await county.deliver();
  await request(county.app).get(`/monthly/${monthly.code}/payment`).expect(303);
  expect(await now(monthly.code)).toMatchObject({ state: { name: 'awaiting' } });
  expect(await months(monthly)).toEqual([]);
});

test('two clicks, the provider down, a page that ended: one subscription in the end', async () => {
  county.practice.provider.control.planRequestFaults(['cut-after-commit', 'error']);
  const fields = { requestKey: 'monthly-down', rhythm: 'monthly', amount: '100.00' };
  const first = await county.give(fields).expect(201);
  expect(first.body).toMatchObject({ payUrl: null, state: 'awaiting', page: expect.stringMatching(/^\/monthly\/m_/) });
  const again = await Promise.all([county.give(fields), county.post(`/api/v1/monthly/${first.body.code}/payments`, {})]);
  const [{ body }] = again;
  expect(new Set(again.map((answer) => answer.body.payUrl)).size).toBe(1);
  await press(body.payUrl, 'expire', 'card');
  await county.deliver();
  expect((await now(first.body.code)).state.name).toBe('lapsed');
  const third = await county.post(`/api/v1/monthly/${first.body.code}/payments`, {}).expect(201);
  await press(third.body.payUrl, 'pay', 'card');
  await press(third.body.payUrl, 'pay', 'card');
  await county.deliver();
  const { data } = await county.practice.stripe.subscriptions.list();
  expect(data).toHaveLength(1);
  expect(await county.post(`/api/v1/monthly/${first.body.code}/payments`, {})).toMatchObject({ body: { payUrl: null } });
});

test('the giver changes the sum: from the next month on, and the old month stays as it was', async () => {
  const monthly = await given();
  await change(monthly, 'sums', { amount: '80.00' }).expect(200, { number: monthly.number, state: 'active', amountFen: 80_00, done: true });
  await monthPasses(monthly);
  expect((await months(monthly)).map(({ amountFen }) => amountFen)).toEqual([100_00, 80_00]);
});

test('paused, nothing is collected; taken up again, the next month is; ended, never again. Each is told once', async () => {
  const monthly = await given();
  expect((await change(monthly, 'pauses').expect(200)).body).toMatchObject({ state: 'paused', done: true });
  await monthPasses(monthly);
  expect(await months(monthly)).toHaveLength(1);
  await change(monthly, 'resumptions').expect(200);
  await monthPasses(monthly);
  expect(await months(monthly)).toHaveLength(2);
  await Promise.all([change(monthly, 'ends').expect(200), change(monthly, 'ends').expect(200)]);
  await monthPasses(monthly);
  expect(await now(monthly.code)).toMatchObject({ state: { name: 'ended' }, endedBy: 'giver' });
  expect(await months(monthly)).toHaveLength(2);
  expect(await told(monthly)).toEqual(['begun', 'ended', 'paused', 'resumed']);
  await change(monthly, 'resumptions').expect(409);
});

test('the provider does not answer: nothing is changed here, and a program that asks again under its key gets it done', async () => {
  const monthly = await given();
  const pause = () => change(monthly, 'pauses').set('Idempotency-Key', 'pause-when-up').expect(200);
  const give = () =>
    county
      .post('/api/v1/gifts', { amount: '100.00', purpose: 'general', giver: 'anonymous', method: 'card' })
      .set('Idempotency-Key', 'give-when-up');
  const { control } = county.practice.provider;
  control.planRequestFaults(['error']);
  expect((await pause()).body).toMatchObject({ state: 'active', done: false });
  expect((await now(monthly.code)).state.name).toBe('active');
  expect((await pause()).body).toMatchObject({ state: 'paused', done: true });
  control.planRequestFaults(['error']);
  const [first, again] = [await give(), await give()];
  expect(first.body.payUrl).toBeNull();
  expect(again.body).toMatchObject({ number: first.body.number, payUrl: expect.stringContaining('/pay/') });
});

test('a page that was kept open: its button does what it says, also after another page has undone it', async () => {
  const monthly = await given();
  const old = { requestKey: 'old-page-key' };
  await change(monthly, 'pauses', old).expect(200);
  await change(monthly, 'resumptions').expect(200);
  expect((await change(monthly, 'pauses', old).expect(200)).body).toMatchObject({ state: 'paused', done: true });
  await change(monthly, 'resumptions').expect(200);
  for (const amount of ['80.00', '90.00', '80.00'])
    expect((await change(monthly, 'sums', { ...old, amount }).expect(200)).body).toMatchObject({
      amountFen: Number(amount) * 100,
      done: true,
    });
  await monthPasses(monthly);
  expect((await months(monthly)).map(({ amountFen }) => amountFen)).toEqual([100_00, 80_00]);
});

test('a refused card: tried again by the provider, told each time, and mended it goes on', async () => {
  const monthly = await given();
  happen('fail-card', monthly);
  await monthPasses(monthly);
  expect(await now(monthly.code)).toMatchObject({ state: { name: 'failing' }, missed: [{ tries: 1, nextTryAt: expect.any(Date) }] });
  const page = async () => (await request(county.app).get(`/monthly/${monthly.code}`).expect(200)).text;
  expect(await page()).toContain('没扣成');
  await change(monthly, 'pauses').expect(409); // the provider would try the refused month all the same
  happen('mend-card', monthly);
  happen('retry-invoice', monthly);
  await county.deliver();
  expect(await now(monthly.code)).toMatchObject({ state: { name: 'active' }, missed: [{ paidAt: expect.any(Date) }] });
  expect(await months(monthly)).toHaveLength(2);
  expect(await told(monthly)).toEqual(['begun', 'failed']);
  happen('fail-card', monthly);
  await monthPasses(monthly);
  expect(await page()).toContain('再试');
  await change(monthly, 'ends').expect(200);
  expect(await page()).not.toContain('再试');
});

test('refused to the last: it ends, and says so in words, to the phone, once', async () => {
  const monthly = await given();
  happen('fail-card', monthly);
  await monthPasses(monthly);
  for (const _ of [2, 3, 4]) happen('retry-invoice', monthly);
  await county.deliver();
  expect(await now(monthly.code)).toMatchObject({ state: { name: 'ended' }, endedBy: 'unpaid' });
  expect((await told(monthly)).filter((news) => news === 'unpaid')).toHaveLength(1);
  const sent: { to: string; text: string }[] = [];
  const messenger = { send: async (message: { to: string; text: string }) => void sent.push(message) };
  const thanking = { messenger, translator: await loadTranslator(), publicBaseUrl: 'http://127.0.0.1' };
  await tellOfMonthly(ctx, thanking, { monthlyId: monthly._id, news: 'unpaid', about: 'v9' });
  expect(sent).toMatchObject([{ to: '13900005821', text: expect.stringContaining('已经停止') }]);
});

test('a month of another sum than was agreed is put aside, and the months that fit go on', async () => {
  const monthly = await given();
  const { stripe } = county.practice;
  const subscription = await stripe.subscriptions.retrieve(monthly.subscriptionId ?? '');
  const [item] = subscription.items.data;
  const price = { currency: 'cny', product: String(item?.price.product), unit_amount: 90_00, recurring: { interval: 'month' as const } };
  await stripe.subscriptions.update(subscription.id, { items: [{ id: item?.id ?? '', price_data: price }] }); // in its dashboard
  await monthPasses(monthly);
  expect(await ParkedPayment.find({ ledger: ctx.ledger }).lean()).toMatchObject([{ problem: 'amount', saidFen: 100_00, amountFen: 90_00 }]);
  expect((await months(monthly)).filter(({ received }) => received)).toHaveLength(1);
  expect((await now(monthly.code)).amountFen).toBe(100_00);
});

test('fee and refund of a month find it by its invoice', async () => {
  const monthly = await given();
  county.practice.clock.advance(10 * 60_000);
  await county.deliver();
  const [gift] = await months(monthly);
  const charge = (await county.practice.stripe.charges.list({ limit: 1 })).data[0];
  await county.practice.stripe.refunds.create({ charge: charge?.id ?? '', amount: 100_00 });
  await sweep();
  await county.deliver();
  expect(await Gift.findById(gift?._id).lean()).toMatchObject({ returnedFen: 100_00 });
});

test('who has no link has nothing; an organisation’s own needs its sign-in', async () => {
  const monthly = await given();
  const another = `${monthly.code.slice(0, -4)}0000`;
  await request(county.app).get(`/monthly/${another}`).expect(404);
  await MonthlyGift.updateOne({ _id: monthly._id }, { $unset: { contact: 1 } });
  await request(county.app).get(`/monthly/${monthly.code}`).expect(404);
  await change(monthly, 'ends').expect(404);
});

test('an organisation’s reader reads how its monthly gift stands, and is offered nothing to change', async () => {
  const monthly = await given();
  await MonthlyGift.updateOne({ _id: monthly._id }, { $unset: { contact: 1 } });
  const agentIn = async (role: Role, scope = monthly.donor ?? '') =>
    agentOf(county.app, (await samplePerson(ctx, [{ role, scope }]))._id, ctx);
  const another = await donorByCreditCode(ctx, { creditCode: '91130499MA0DEM021N', name: '别家' });
  const [giver, reader, stranger] = [await agentIn('donorMember'), await agentIn('donorReader'), await agentIn('donorReader', another.id)];
  const page = `/monthly/${monthly.code}`;
  expect((await giver.get(page).expect(200)).text).toContain(`${page}/ends`);
  expect((await reader.get('/my/monthly').expect(200)).text).toContain(page);
  const { text } = await reader.get(page).expect(200);
  expect(text).toContain(monthly.number);
  for (const act of ['sums', 'pauses', 'ends']) expect(text).not.toContain(`${page}/${act}`);
  expect((await submit(reader, '/me', `${page}/ends`, { requestKey: 'end-as-reader' })).status).toBe(404);
  await stranger.get(page).expect(404);
});

test('in the end each month adds up, and only the misfit is told (I3, I4)', async () => {
  const violations = (await Promise.all(donationsTruths.map((truth) => truth.check(ctx)))).flat();
  expect(violations.map(({ what }) => what)).toEqual(['a payment does not fit its gift: amount']);
});
