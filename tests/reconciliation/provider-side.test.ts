import { holdMovements, oldestEventWaitsSeconds, reconcileProvider, settleEvent } from '../../server/donations';
import { giftReceived } from '../../server/donations/donations.accounts';
import { Gift } from '../../server/donations/gift.model';
import { ProviderMessage } from '../../server/donations/inbox.model';
import { ProviderMatter } from '../../server/donations/provider-money/provider-matter.model';
import { ProviderMovement } from '../../server/donations/provider-money/provider-movement.model';
import { providerAccount } from '../../server/donations/receive-gift';
import { gift as giftLot, restrictionPool } from '../../server/funds';
import { divisionCode } from '../../server/kernel/division-code';
import { addDays, type LocalDate, shanghaiDay } from '../../server/kernel/local-date';
import { debit, findEntryByKey, post } from '../../server/ledger';
import { transact } from '../../server/platform/mongo/transact';
import type { Happening } from '../../server/platform/practice-provider/control-router';
import { closeFigures, reconciliationTruths, signDay } from '../../server/reconciliation';
import { daysToClose } from '../../server/reconciliation/close/find-closes';
import { useGivingCounty } from '../donations/giving-county';
import { settleTold } from '../donations/settle-told';
import { press } from '../platform/practising';
import { enactSamplesOnce } from '../support/enacted-samples';
import { signingCode } from '../support/signing';

// What the provider tells of a day against what the book has of it, against the practice provider over real HTTP.
const county = useGivingCounty();
const { ctx } = county;
const day = 24 * 3_600_000;
const happen = (happening: Happening, id = '') => county.practice.provider.control.happen(happening, id) ?? '';
const today = () => shanghaiDay(ctx.clock.now());
const figures = (day: LocalDate = today()) => closeFigures(ctx, { from: day, to: day });
const breaksOf = async (day?: LocalDate) =>
  (await figures(day)).breaks.filter(({ kind }) => kind === 'providerOnly' || kind === 'providerMissing');
let count = 0;

beforeAll(async () => {
  const [proposer, confirmer] = (['countyAdmin', 'fundManager'] as const).map((role) => ({
    ...ctx,
    actor: { id: `usr_${role}`, kind: 'person' as const, grants: [{ role, scope: '130499' }] },
  }));
  if (proposer && confirmer) await enactSamplesOnce({ proposer, confirmer, scope: divisionCode('130499'), sourceDoc: '演示' });
});
let days = 0;
beforeEach(() => {
  days += 3;
  county.practice.clock.advance(days * day); // each test has days of its own, and the book's time never goes back
});

/** A gift of 10,000 by card, and its payment at the provider. */
async function paidGift(): Promise<{ gift: Gift; payment: string }> {
  count += 1;
  const { body } = await county.give({ requestKey: `provider-side-${count}` }).expect(201);
  await press(body.payUrl, 'pay', 'card');
  await county.deliver();
  const gift = await Gift.findOne({ ledger: ctx.ledger, number: body.number }).lean<Gift>();
  if (!gift?.received) throw new Error('the gift was not paid');
  return { gift, payment: (await county.giving.provider.readCheckoutSession(gift.received.proof)).paymentIntentId ?? '' };
}

/** The provider settles its charges, and we look at all it has. */
async function look(): Promise<void> {
  county.practice.clock.advance(180_000);
  await county.deliver();
  await reconcileProvider(ctx, county.giving);
}

test('payments, money given back, fees and what went to the bank stand on both sides, each against its entry', async () => {
  const { payment } = await paidGift();
  await paidGift();
  await county.practice.stripe.refunds.create({ payment_intent: payment, amount: 100_000 });
  await look();
  happen('run-payout');
  await look();
  const { provider, bookProvider } = await figures();
  expect(provider).toEqual(bookProvider);
  expect(provider).toMatchObject({ inFen: 20_000_00, outFen: 1_000_00, otherDaysFen: 0 });
  expect(provider.costFen).toBeGreaterThan(0);
  expect(provider.paidOutFen).toBe(19_000_00 - (provider.costFen ?? 0));
  expect(await breaksOf()).toEqual([]);
});

test('a disputed payment goes and comes back on both sides', async () => {
  const { gift, payment } = await paidGift();
  const { latest_charge } = await county.practice.stripe.paymentIntents.retrieve(payment);
  const dispute = happen('open-dispute', String(latest_charge));
  await look();
  happen('withdraw-dispute', dispute);
  await look();
  happen('win-dispute', dispute);
  await look();
  const { provider, bookProvider } = await figures();
  expect(provider).toEqual(bookProvider);
  expect(provider).toMatchObject({ inFen: 2 * gift.amountFen, outFen: gift.amountFen });
  expect(await breaksOf()).toEqual([]);
});

test('what the provider has told and no entry books is a break, until it is booked', async () => {
  const { gift, payment } = await paidGift();
  await look();
  const refund = await county.practice.stripe.refunds.create({ payment_intent: payment, amount: 50_000 });
  const movement = await ProviderMovement.findOne({ ledger: ctx.ledger, payment: gift.received?.proof ?? '' }).lean<ProviderMovement>();
  const told = { movementId: 'txn_told', source: refund.id, type: 'refund', amountFen: -500_00, costFen: 0 };
  await ProviderMovement.create({ ...movement, ...told, _id: 'mov_told' });
  expect(await breaksOf()).toEqual([{ kind: 'providerOnly', ref: gift.number, day: today(), amountFen: -500_00 }]);
  await ProviderMovement.deleteOne({ _id: 'mov_told' });
  await look();
  expect(await breaksOf()).toEqual([]);
});

test('an entry of which the provider has told nothing is a break, at the sum it moves', async () => {
  const { gift } = await paidGift();
  await look();
  const lot = {
    lot: giftLot('D-2026-999999'),
    pool: restrictionPool(gift.restriction),
    amount: 77_00,
    order: 'x',
    origin: 'D-2026-999999',
  };
  const source = { type: 'test', id: 'planted' };
  const { seq } = await post(ctx, { key: 'test:planted', kind: giftReceived, source, legs: [debit(providerAccount, 77_00)], lots: [lot] });
  expect(await breaksOf()).toEqual([{ kind: 'providerMissing', ref: String(seq), day: today(), amountFen: 77_00 }]);
});

test('what is booked on another day is no break, and each side says how much of it the other has elsewhere', async () => {
  const { payment } = await paidGift();
  await look();
  const paidOn = today();
  await county.practice.stripe.refunds.create({ payment_intent: payment, amount: 20_000 });
  county.practice.clock.advance(day); // our side was down over midnight
  await look();
  const [before, after] = [await figures(paidOn), await figures(addDays(paidOn, 1))];
  expect(before.provider).toMatchObject({ outFen: 200_00, otherDaysFen: -200_00 });
  expect(before.bookProvider).toMatchObject({ outFen: 0, otherDaysFen: 0 });
  expect(after.provider).toMatchObject({ outFen: 0, otherDaysFen: 0 });
  expect(after.bookProvider).toMatchObject({ outFen: 200_00, otherDaysFen: -200_00 });
  expect([...(await breaksOf(paidOn)), ...(await breaksOf(addDays(paidOn, 1)))]).toEqual([]);
});

/** Two officers close the days up to this one: nobody has brought a statement. */
async function close(until: LocalDate): Promise<void> {
  for (const id of ['usr_one', 'usr_two']) {
    const signer = { ...ctx, actor: { id, kind: 'person' as const, grants: [{ role: 'financeOfficer' as const, scope: '130499' }] } };
    const { from, to } = await daysToClose(ctx, until);
    const { sha256 } = await closeFigures(ctx, { from, to });
    await signDay(signer, { day: until, sha256, code: await signingCode(signer) });
  }
}

test('what is told of a day after its close stands in the close of the first open day, in its sums and its breaks', async () => {
  const { gift, payment } = await paidGift();
  await look();
  const paidOn = today();
  await county.practice.stripe.refunds.create({ payment_intent: payment, amount: 30_000 });
  county.practice.clock.advance(day); // our side was down over midnight, and the day was closed before we heard of it
  await close(paidOn);
  const signed = await figures(paidOn);
  await look();

  const { sha256, breaks } = await figures(paidOn);
  expect({ sha256, breaks }).toEqual({ sha256: signed.sha256, breaks: signed.breaks });
  const next = await figures();
  const late = { outFen: 0, toldLateFen: -300_00, otherDaysFen: 0 };
  expect(next).toMatchObject({ provider: late, bookProvider: late });
  expect(next.explained).toEqual([{ kind: 'toldLate', ref: gift.number, day: paidOn, amountFen: -300_00, row: 'payers' }]);
  expect(await breaksOf()).toEqual([]);

  const movement = await ProviderMovement.findOne({ ledger: ctx.ledger, carriedTo: today() }).lean<ProviderMovement>();
  expect(movement).toMatchObject({ day: paidOn, notedAt: expect.any(Date) });
  const unbooked = { movementId: 'txn_late', source: 're_late', amountFen: -40_00, costFen: 0 };
  await ProviderMovement.create({ ...movement, ...unbooked, _id: 'mov_late' });
  expect(await breaksOf()).toEqual([{ kind: 'providerOnly', ref: gift.number, day: paidOn, amountFen: -40_00 }]);
  await ProviderMovement.updateOne({ _id: 'mov_late' }, { $unset: { notedAt: 1, carriedTo: 1 } }); // as one of before this was kept
  expect(await breaksOf()).toEqual([]);
  await ProviderMovement.deleteOne({ _id: 'mov_late' });
  county.practice.clock.advance(day);
  await close(addDays(paidOn, 1));
  expect(await reconciliationTruths.find(({ id }) => id === 'R2')?.check(ctx)).toEqual([]);
});

test('a payout that is booked after its day was closed stands in the close of the day on which it is booked', async () => {
  await paidGift();
  await look();
  happen('run-payout');
  const sentOn = today();
  county.practice.clock.advance(2 * day);
  await close(addDays(sentOn, 1));
  await look();
  const { provider, bookProvider, explained } = await figures();
  expect(provider).toEqual(bookProvider);
  expect(provider).toMatchObject({ paidOutFen: 0, otherDaysFen: 0 });
  expect(provider.toldLateFen).toBeLessThan(0);
  expect(explained).toContainEqual(expect.objectContaining({ kind: 'toldLate', day: sentOn, row: 'paidOut' }));
  expect(await breaksOf()).toEqual([]);
});

test('no movement of a day that is over slips in between the figures of its close and the commit', async () => {
  const { payment } = await paidGift();
  await look();
  await county.practice.stripe.refunds.create({ payment_intent: payment, amount: 10_000 });
  county.practice.clock.advance(day);
  const held = await holdMovements(ctx);
  await look();
  await expect(transact(ctx, { key: 'test:held', ...held })).rejects.toMatchObject({ code: 'state.stale' });
  await transact(ctx, { key: 'test:held-anew', ...(await holdMovements(ctx)) });
});

test('a fee is an entry of the day on which it was taken, however late we hear of it', async () => {
  await paidGift();
  happen('settle-charges');
  const paidOn = today();
  county.practice.clock.advance(26 * 3_600_000);
  await look();
  const [row] = await ProviderMovement.find({ ledger: ctx.ledger, day: paidOn }).lean<ProviderMovement[]>();
  expect((await findEntryByKey(ctx, `transaction:${row?.movementId}:cost`))?.effectiveOn).toBe(paidOn);
  const { provider, bookProvider } = await figures(paidOn);
  expect(provider).toEqual(bookProvider);
});

test('an entry of another sum than the provider told is a break of the difference; what left by the payment itself is one, too', async () => {
  const { gift } = await paidGift();
  await look();
  const told = { ledger: ctx.ledger, payment: gift.received?.proof ?? '', amountFen: gift.amountFen };
  const movement = await ProviderMovement.findOneAndUpdate(told, { $set: { amountFen: 9_000_00 } }).lean<ProviderMovement>();
  const broken = { kind: 'providerOnly', ref: gift.number, day: today() };
  expect(await breaksOf()).toEqual([{ ...broken, amountFen: -1_000_00 }]);
  await ProviderMovement.updateOne({ _id: movement?._id ?? '' }, { $set: { amountFen: 10_000_00 } });
  const gone = { movementId: 'txn_gone', type: 'payment_failure_refund', amountFen: -10_000_00, costFen: 0 };
  await ProviderMovement.create({ ...movement, ...gone, _id: 'mov_gone' });
  expect(await breaksOf()).toEqual([{ ...broken, amountFen: -10_000_00 }]);
  await ProviderMovement.deleteOne({ _id: 'mov_gone' });
});

test('what was told and waits is a break; a dispute and a warning that come before their payment are dealt with all the same', async () => {
  const number = (await county.give({ requestKey: 'overtaken-0001' }).expect(201)).body;
  await press(number.payUrl, 'pay', 'card');
  const gift = () => Gift.findOne({ ledger: ctx.ledger, number: number.number }).lean<Gift>();
  const session = (await gift())?.attempts.at(-1)?.sessionId ?? '';
  const { paymentIntentId } = await county.giving.provider.readCheckoutSession(session);
  const { latest_charge } = await county.practice.stripe.paymentIntents.retrieve(paymentIntentId ?? '');
  happen('settle-charges');
  happen('withdraw-dispute', happen('open-dispute', String(latest_charge)));
  happen('warn-of-fraud', String(latest_charge));
  await county.practice.provider.control.deliverDue();
  const waiting = await ProviderMessage.find({ ledger: ctx.ledger, outcome: 'waiting' }).lean<ProviderMessage[]>();
  expect((await figures()).breaks.filter(({ kind }) => kind === 'providerTold')).toHaveLength(waiting.length);
  county.practice.clock.advance(90_000); // the worker is dead: the webhooks come in time, and nobody deals with them
  expect(await oldestEventWaitsSeconds(ctx)).toBe(90);
  const after = waiting.filter(({ objectType }) => objectType !== 'checkout.session');
  for (const { _id: eventId } of after) await settleEvent(ctx, county.giving, { eventId });
  await settleTold(ctx, county.giving);
  expect((await gift())?.returnedFen).toBe(10_000_00);
  expect(await ProviderMatter.countDocuments({ ledger: ctx.ledger, kind: 'fraudWarning', gift: (await gift())?._id ?? '' })).toBe(1);
  expect((await figures()).breaks.filter(({ kind }) => kind === 'providerTold')).toEqual([]);
  expect(await oldestEventWaitsSeconds(ctx)).toBe(0);
});
