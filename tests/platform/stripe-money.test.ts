import { fen } from '../../server/kernel/money';
import { order, payPageOf, press, usePractice } from './practising';

const practice = usePractice();

let made = 0;
/** A paid gift at the provider, and its payment. */
async function paid(method = 'card'): Promise<{ payment: string; charge: string; session: string }> {
  const session = await practice.ours.createCheckoutSession({ ...order, idempotencyKey: `gift:${++made}` });
  await press(payPageOf(session), 'pay', method);
  const { paymentIntentId } = await practice.ours.readCheckoutSession(session.id);
  const { latest_charge } = await practice.stripe.paymentIntents.retrieve(paymentIntentId ?? '');
  return { payment: paymentIntentId ?? '', charge: String(latest_charge), session: session.id };
}

const refundOf = (payment: string, amount: number, key: string) =>
  practice.ours.createRefund({ paymentIntentId: payment, amountFen: fen(amount), refundId: 'rfd_1', idempotencyKey: key });

describe('refunds', () => {
  test('a card is given back at once, and the same key never gives back twice', async () => {
    const { payment } = await paid();
    const first = await refundOf(payment, 300_000, 'refund:1');
    expect(first).toMatchObject({ status: 'succeeded', amountFen: 300_000, refundId: 'rfd_1', paymentIntentId: payment });
    expect((await refundOf(payment, 300_000, 'refund:1')).id).toBe(first.id);
    expect(await practice.ours.listRefunds({ paymentIntentId: payment })).toHaveLength(1);
    expect(await practice.ours.readRefund(first.id)).toEqual(first);
  });

  test('more than the payment has left is refused', async () => {
    const { payment } = await paid();
    await refundOf(payment, 600_000, 'refund:2');
    await expect(refundOf(payment, 400_001, 'refund:3')).rejects.toMatchObject({ name: 'ProviderRefusal' });
    await refundOf(payment, 400_000, 'refund:4');
    await expect(refundOf(payment, 1, 'refund:5')).rejects.toMatchObject({ facts: { code: 'charge_already_refunded' } });
  });

  test('a wallet is pending, and may fail even after it was through', async () => {
    const { payment } = await paid('alipay');
    const { id, status } = await refundOf(payment, 500_000, 'refund:6');
    expect(status).toBe('pending');
    practice.provider.control.happen('settle-refund', id);
    expect((await practice.ours.readRefund(id)).status).toBe('succeeded');
    practice.provider.control.happen('fail-refund', id);
    expect((await practice.ours.readRefund(id)).status).toBe('failed');
    await practice.provider.control.deliverDue();
    expect(practice.arrived()).toEqual(expect.arrayContaining(['refund.created', 'charge.refunded', 'refund.updated', 'refund.failed']));
    const rows = await practice.ours.listTransactions({ since: new Date(0) });
    expect(rows.map(({ type, amount }) => [type, amount])).toEqual([
      ['payment_refund', -500_000],
      ['refund_failure', 500_000],
    ]);
  });
});

test('a dispute moves money only when it says so, and gives it back when it is won', async () => {
  const { payment, charge } = await paid();
  const { control } = practice.provider;
  const id = control.happen('open-dispute', charge) ?? '';
  const opened = { id, amountFen: 1_000_000, status: 'needs_response', paymentIntentId: payment, withdrawn: false, reinstated: false };
  expect(await practice.ours.readDispute(id)).toMatchObject(opened);
  await expect(refundOf(payment, 1, 'refund:7')).rejects.toMatchObject({ facts: { code: 'charge_disputed' } });
  control.happen('withdraw-dispute', id);
  expect(await practice.ours.readDispute(id)).toMatchObject({ withdrawn: true, reinstated: false });
  control.happen('win-dispute', id);
  expect(await practice.ours.readDispute(id)).toMatchObject({ status: 'won', withdrawn: true, reinstated: true });
});

test('the fee is known some time after the payment, in the currency of the balance', async () => {
  const { control } = practice.provider;
  control.setSettlement({ currency: 'hkd', rateMillionths: 1_087_000, feeBp: 344 });
  const { charge } = await paid();
  expect(await practice.ours.readTransactionOfCharge(charge)).toBeNull();
  practice.clock.advance(180_000);
  expect(await practice.ours.readTransactionOfCharge(charge)).toMatchObject({
    type: 'charge',
    amount: 1_087_000,
    fee: 37_393,
    currency: 'hkd',
    exchangeRate: '1.087',
  });
});

test('a payout takes all that lies there, its transactions add up to it, and it may fail', async () => {
  await paid();
  await paid('wechat_pay');
  practice.clock.advance(180_000);
  const { control } = practice.provider;
  await control.deliverDue();
  const id = control.happen('run-payout') ?? '';
  const payout = await practice.ours.readPayout(id);
  const rows = await practice.ours.listTransactions({ payoutId: id });
  expect(rows.map(({ type }) => type)).toEqual(['charge', 'payment', 'payout']);
  expect(rows.reduce((sum, { type, net }) => (type === 'payout' ? sum : sum + net), 0)).toBe(payout.amount);
  expect(payout).toMatchObject({ status: 'paid', reconciliation: 'completed', amount: 2_000_000 - 12_000 });
  expect(await practice.ours.listPayouts(new Date(0))).toEqual([payout]);
  control.happen('fail-payout', id);
  expect(await practice.ours.readPayout(id)).toMatchObject({ status: 'failed' });
});

test('a bank that answers later leaves the session complete and unpaid until it has', async () => {
  for (const [outcome, paymentStatus, type] of [
    ['pay-delayed', 'paid', 'checkout.session.async_payment_succeeded'],
    ['fail-delayed', 'unpaid', 'checkout.session.async_payment_failed'],
  ] as const) {
    const session = await practice.ours.createCheckoutSession({ ...order, idempotencyKey: outcome });
    await press(payPageOf(session), 'delay');
    const waiting = await practice.ours.readCheckoutSession(session.id);
    expect(waiting).toMatchObject({ status: 'complete', paymentStatus: 'unpaid' });
    expect(await practice.ours.readPayment(waiting.paymentIntentId ?? '')).toMatchObject({ status: 'processing', giftId: order.giftId });
    practice.provider.control.happen(outcome, session.id);
    expect(await practice.ours.readCheckoutSession(session.id)).toMatchObject({ paymentStatus });
    await practice.provider.control.deliverDue();
    expect(practice.arrived()).toContain(type);
    expect((await practice.ours.findSessionOfPayment(waiting.paymentIntentId ?? ''))?.id).toBe(session.id);
  }
});

test('events are listed the oldest first, from a moment or after one of them, whether they were delivered or not', async () => {
  practice.provider.control.planFaults([{ fault: 'drop' }]);
  const { charge } = await paid();
  practice.provider.control.happen('warn-of-fraud', charge);
  await practice.provider.control.deliverDue();
  const all = await practice.ours.listEvents({ since: new Date(0) });
  expect(all.map(({ type }) => type)).toEqual(['checkout.session.completed', 'radar.early_fraud_warning.created']);
  const [first, second] = all;
  expect(await practice.ours.listEvents({ after: first?.id ?? '' })).toEqual([second]);
  await expect(practice.ours.listEvents({ after: 'evt_forgotten' })).rejects.toBeDefined();
  const warning = await practice.ours.readFraudWarning(second?.objectId ?? '');
  expect(warning).toMatchObject({ kind: 'unauthorized_use_of_card' });
});

test('what happens at the provider can be asked for over HTTP, with its key only', async () => {
  const { charge } = await paid();
  const ask = (key: string) =>
    fetch(`${practice.provider.url}/_ctl/open-dispute/${charge}`, { method: 'POST', headers: { authorization: `Bearer ${key}` } });
  expect((await ask('sk_test_other')).status).not.toBe(200);
  const answer = await ask('sk_test_practice');
  expect(await answer.json()).toEqual({ made: expect.stringMatching(/^du_/) });
});

test('its time can be set to another day, from which it goes on, and back again', async () => {
  const setTime = (moment: string) =>
    fetch(`${practice.provider.url}/_ctl/set-time/${moment}`, { method: 'POST', headers: { authorization: 'Bearer sk_test_practice' } });
  const now = practice.clock.now();
  const createdAt = async () => {
    const { charge } = await paid();
    practice.provider.control.happen('settle-charge', charge);
    return (await practice.ours.listTransactions({ since: new Date(0) })).find(({ sourceId }) => sourceId === charge)?.createdAt;
  };
  expect((await setTime('2026-06-01T01:00:00.000Z')).status).toBe(200);
  practice.clock.advance(60_000);
  expect(await createdAt()).toEqual(new Date('2026-06-01T01:01:00Z'));
  expect((await setTime('never')).status).toBe(400);
  const tooFar = await setTime('3026-06-01T01:00:00.000Z'); // it would live through a thousand years of months
  expect(tooFar.status).toBe(400);
  expect(await tooFar.json()).toEqual({ error: { message: 'the time can be set at most 400 days ahead' } });
  expect((await setTime(new Date(now.getTime() + 399 * 86_400_000).toISOString())).status).toBe(200);
  expect((await setTime('')).status).toBe(200);
  expect(await createdAt()).toEqual(new Date(now.getTime() + 60_000));
});
