import { aidReserved } from '../../server/aid/aid.accounts';
import {
  askVoiding,
  confirmRange,
  confirmVoiding,
  donationsTruths,
  enterRange,
  gift as giftLot,
  issueReceipt,
  issueWaitingReceipts,
  reconcileProvider,
  recordBankGift,
} from '../../server/donations';
import { asSystem } from '../../server/donations/as-system';
import { GiftDispute } from '../../server/donations/disputes/dispute.model';
import { settleDispute } from '../../server/donations/disputes/settle-dispute';
import { Gift } from '../../server/donations/gift.model';
import { ParkedPayment } from '../../server/donations/parked-payment.model';
import { ProviderMatter } from '../../server/donations/provider-money/provider-matter.model';
import { ProviderPayout } from '../../server/donations/provider-money/provider-payout.model';
import { settlePayout } from '../../server/donations/provider-money/settle-payout';
import { checkReceipt } from '../../server/donations/receipts/check-receipt';
import { Receipt } from '../../server/donations/receipts/receipt.model';
import { recordProviderEvent } from '../../server/donations/record-provider-event';
import { approveRefund, declineRefund } from '../../server/donations/refunds/approve-refund';
import { askRefund } from '../../server/donations/refunds/ask-refund';
import { payBackParked } from '../../server/donations/refunds/pay-back-parked';
import { recordRefundTransfer } from '../../server/donations/refunds/record-refund-transfer';
import { GiftRefund } from '../../server/donations/refunds/refund.model';
import { settleRefund } from '../../server/donations/refunds/settle-refund';
import { resolveParkedPayment } from '../../server/donations/resolve-parked-payment';
import { bankGiftInput } from '../../server/donations/staff.inputs';
import { findPoolsFor, mainBank } from '../../server/funds';
import { costsOfYear } from '../../server/funds/costs/operating-year';
import type { User } from '../../server/identity';
import { User as Users } from '../../server/identity/user.model';
import type { Context } from '../../server/kernel/context';
import { divisionCode } from '../../server/kernel/division-code';
import { shanghaiDay } from '../../server/kernel/local-date';
import { fen } from '../../server/kernel/money';
import { seededRandom } from '../../server/kernel/random';
import type { Role } from '../../server/kernel/roles';
import { balanceOf, documentLabels, findAccountsOfClass, findEntryByKey, post } from '../../server/ledger';
import { payable } from '../../server/payments';
import { paymentPaid, paymentSent, transit } from '../../server/payments/payments.accounts';
import type { Happening } from '../../server/platform/practice-provider/control-router';
import { closeFigures } from '../../server/reconciliation/close/close-figures';
import { press } from '../platform/practising';
import { enactSamplesOnce } from '../support/enacted-samples';
import { agentOf, codeOf, samplePerson, submit } from '../support/sign-in';
import { useGivingCounty } from './giving-county';
import { wayOfGift } from './way-of-gift';

// What goes back to payers, and what the provider keeps and pays out, against the practice provider over real HTTP.
const county = useGivingCounty();
const { ctx } = county;
const village = '130499101201';
let officer: User;
let manager: User;
const as = ({ _id }: User, role: Role): Context => ({ ...ctx, actor: { id: _id, kind: 'person', grants: [{ role, scope: '130499' }] } });

beforeAll(async () => {
  const [one, two] = [as({ _id: 'usr_one' } as User, 'countyAdmin'), as({ _id: 'usr_two' } as User, 'fundManager')];
  await enactSamplesOnce({ proposer: one, confirmer: two, scope: divisionCode('130499'), sourceDoc: '演示' });
  officer = await samplePerson(ctx, [{ role: 'financeOfficer', scope: '130499' }]);
  manager = await samplePerson(ctx, [{ role: 'fundManager', scope: '130499' }]);
});
beforeEach(() => {
  county.practice.clock.advance(count * 60_000);
});

let count = 0;
const giftNow = async (number: string) => (await Gift.findOne({ ledger: ctx.ledger, number }).lean<Gift>()) ?? fault(`no gift ${number}`);
function fault(message: string): never {
  throw new Error(message);
}
const control = () => county.practice.provider.control;
const happen = (happening: Happening, id = '') => control().happen(happening, id) ?? '';

/** What would stand between today and its close. */
async function breaksOfToday(): Promise<[string, number | undefined][]> {
  const today = shanghaiDay(ctx.clock.now());
  const { breaks } = await closeFigures(ctx, { from: today, to: today });
  return breaks.map(({ kind, amountFen }) => [kind, amountFen]);
}

interface PaidGift {
  number: string;
  session: string;
  payment: string;
  charge: string;
}

/** A gift of 10,000 that was paid, and its payment at the provider. */
async function paidGift(fields: Record<string, string> = {}, method = 'card'): Promise<PaidGift> {
  const { body } = await county.give({ requestKey: `money-back-${++count}`, ...fields }).expect(201);
  await press(body.payUrl, 'pay', method);
  await county.deliver();
  const gift = await giftNow(body.number);
  const session = gift.received?.proof ?? fault('the gift was not paid');
  const { paymentIntentId } = await county.giving.provider.readCheckoutSession(session);
  const { latest_charge } = await county.practice.stripe.paymentIntents.retrieve(paymentIntentId ?? '');
  return { number: body.number, session, payment: paymentIntentId ?? '', charge: String(latest_charge) };
}

/** Draws what other gifts have left, so that the next gift is the one that pays. */
async function emptyPools(): Promise<void> {
  const from = await findPoolsFor(ctx, { cause: 'illness', village, day: shanghaiDay(ctx.clock.now()) });
  const key = `emptied-${++count}`;
  await post(ctx, {
    key,
    kind: aidReserved,
    source: { type: 'test', id: key },
    draws: [{ from, amount: { upTo: 1_000_000_000 }, to: { pool: payable(key) } }],
  });
}

async function reserved(yuan: number): Promise<string> {
  const key = `case-${++count}`;
  const from = await findPoolsFor(ctx, { cause: 'illness', village, day: shanghaiDay(ctx.clock.now()) });
  const draws = [{ from, amount: yuan * 100, to: { pool: payable(key) } }];
  await post(ctx, {
    key: `${key}:reserved`,
    kind: aidReserved,
    source: { type: 'test', id: key },
    tags: { village, cause: 'illness' },
    draws,
  });
  return key;
}

async function spent(yuan: number): Promise<void> {
  const key = await reserved(yuan);
  const source = { type: 'test', id: key };
  await post(ctx, {
    key: `${key}:sent`,
    kind: paymentSent,
    source,
    draws: [{ from: payable(key), amount: 'all', to: { pool: transit(key) } }],
  });
  const draws = [{ from: transit(key), amount: 'all' as const, to: mainBank }];
  await post(ctx, { key: `${key}:paid`, kind: paymentPaid, source, tags: { village, cause: 'illness' }, draws });
}

const sumsOf = async (number: string) => {
  const gift = await giftNow(number);
  const { sums } = await wayOfGift(ctx, gift);
  expect(Object.values(sums).reduce((sum, part) => sum + part, 0)).toBe(gift.amountFen);
  return Object.fromEntries(Object.entries(sums).flatMap(([kind, sum]) => (sum === 0 ? [] : [[kind, sum / 100]])));
};

const ask = (number: string, yuan: number, changes: { reason?: 'mistake' | 'failedPurpose'; key?: string } = {}) =>
  askRefund(as(officer, 'financeOfficer'), {
    requestKey: changes.key ?? `refund-${++count}-key`,
    number,
    amount: fen(yuan * 100),
    reason: changes.reason ?? 'mistake',
    note: '付款人打来电话，核对过',
  });

async function sign<Done>(person: User, act: (code: string) => Promise<Done>): Promise<Done> {
  await Users.updateOne({ _id: person._id }, { $set: { 'secondFactor.lastStep': 0 } }); // the test's clock stands still: the code may repeat
  return act(await codeOf(person, ctx.clock));
}
const approve = ({ _id: id }: GiftRefund) =>
  sign(manager, (code) => approveRefund(as(manager, 'fundManager'), county.giving, { id, code }));

/** What refunds and disputes took that no money has paid yet. */
const openLosses = async () =>
  (await findAccountsOfClass(ctx, 'uncovered', undefined, 1_000)).reduce(
    (sum, { code, balance }) => sum + (code === 'uncovered:fee' ? 0 : balance),
    0,
  );

const mattersAbout = async (about: string) =>
  (await ProviderMatter.find({ ledger: ctx.ledger, about }).lean<ProviderMatter[]>()).map(({ kind, state, amountFen }) => [
    kind,
    state.name,
    amountFen,
  ]);

describe('a refund', () => {
  test('10,000, 4,000 spent, 1,000 reserved: at most 5,000, set apart at once, with the payer when it is signed', async () => {
    await emptyPools();
    const { number } = await paidGift();
    await spent(4_000);
    await reserved(1_000);
    await expect(ask(number, 5_000.01)).rejects.toMatchObject({
      issues: [{ path: 'amount', code: 'refund-too-large', params: { fen: 500_000 } }],
    });
    const refund = await ask(number, 5_000);
    expect(refund).toMatchObject({ state: { name: 'asked' }, channel: 'online', number: expect.stringMatching(/^R-2026-/) });
    expect(await sumsOf(number)).toEqual({ aid: 4_000, held: 1_000, apart: 5_000 });
    expect((await giftNow(number)).state.name).toBe('refundAsked');
    expect(await approve(refund)).toMatchObject({ state: { name: 'refunded' } });
    expect(await sumsOf(number)).toEqual({ aid: 4_000, held: 1_000, refund: 5_000 });
    expect(await giftNow(number)).toMatchObject({ state: { name: 'received' }, returnedFen: 500_000 });
  });

  test('of the whole ends the gift; who asked does not sign; the same form twice asks once', async () => {
    const { number, payment } = await paidGift();
    const refund = await ask(number, 10_000, { key: 'refund-whole-key' });
    expect(await ask(number, 10_000, { key: 'refund-whole-key' })).toEqual(refund);
    await expect(ask(number, 9_000, { key: 'refund-whole-key' })).rejects.toMatchObject({ code: 'ledger.conflict' });
    const own = { ...as(officer, 'fundManager') };
    await expect(sign(officer, (code) => approveRefund(own, county.giving, { id: refund._id, code }))).rejects.toMatchObject({
      code: 'rule.same-person',
    });
    await approve(refund);
    await approve(refund);
    expect(await county.giving.provider.listRefunds({ paymentIntentId: payment })).toHaveLength(1);
    expect((await giftNow(number)).state.name).toBe('refunded');
    expect(await sumsOf(number)).toEqual({ refund: 10_000 });
  });

  test('that is declined is the gift’s again', async () => {
    const { number } = await paidGift();
    const { _id: id } = await ask(number, 3_000);
    const manages = as(manager, 'fundManager');
    expect(await declineRefund(manages, { id, reason: '不属于可退的情形' })).toMatchObject({ state: { name: 'declined' } });
    expect(await sumsOf(number)).toEqual({ left: 10_000 });
    expect(await balanceOf(ctx, giftLot(number))).toBe(1_000_000);
    expect((await giftNow(number)).state.name).toBe('received');
  });

  test('is sent once though the provider was away, its answer was lost, and everybody tells of it', async () => {
    const { number, payment } = await paidGift({}, 'alipay');
    const refund = await ask(number, 2_500);
    control().planRequestFaults(['cut', 'cut']);
    expect(await approve(refund)).toMatchObject({ state: { name: 'approved' } });
    await reconcileProvider(ctx, county.giving);
    const [sent] = await county.giving.provider.listRefunds({ paymentIntentId: payment });
    expect(await sumsOf(number)).toEqual({ left: 7_500, apart: 2_500 }); // a wallet's refund takes its time: nothing is called refunded yet
    happen('settle-refund', sent?.id ?? '');
    control().planFaults([
      { fault: 'duplicate', type: 'refund.updated' },
      { fault: 'drop', type: 'refund.created' },
    ]);
    await county.deliver();
    await reconcileProvider(ctx, county.giving);
    expect(await sumsOf(number)).toEqual({ left: 7_500, refund: 2_500 });
    expect(await county.giving.provider.listRefunds({ paymentIntentId: payment })).toHaveLength(1);
    happen('fail-refund', sent?.id ?? ''); // late: the payer's account is closed
    await county.deliver();
    expect(await sumsOf(number)).toEqual({ left: 10_000 });
    expect(await giftNow(number)).toMatchObject({ state: { name: 'received' }, returnedFen: 0 });
  });

  test('that the provider refuses, since somebody has given all back in its dashboard: what was set apart is free, and taken by that', async () => {
    const { number, payment } = await paidGift();
    const refund = await ask(number, 10_000);
    control().planFaults([{ fault: 'drop', times: 9 }]);
    const outside = await county.practice.stripe.refunds.create({ payment_intent: payment });
    expect(await approve(refund)).toMatchObject({ state: { name: 'failed' } });
    expect(await sumsOf(number)).toEqual({ left: 10_000 });
    await county.deliver();
    await reconcileProvider(ctx, county.giving);
    expect(await sumsOf(number)).toEqual({ refund: 10_000 });
    expect(await giftNow(number)).toMatchObject({ state: { name: 'refunded' }, returnedFen: 1_000_000 });
    expect(await mattersAbout(outside.id)).toEqual([['outsideRefund', 'open', 1_000_000]]);
  });

  test.each([
    ['in the dashboard', 'refund'],
    ['by the payer’s bank', 'chargeback'],
  ])('asked for here, while all has gone back %s: what is freed pays that, and no family; won back it is the gift’s', async (_, way) => {
    await emptyPools();
    const { number, payment, charge } = await paidGift();
    const asked = await ask(number, 10_000);
    const losses = openLosses;
    const before = await losses();
    const dispute = way === 'refund' ? '' : happen('open-dispute', charge);
    if (way === 'refund') await county.practice.stripe.refunds.create({ payment_intent: payment });
    else happen('withdraw-dispute', dispute);
    await county.deliver();
    expect(await losses()).toBe(before + 1_000_000); // all of it was set apart
    await approve(asked); // which the provider refuses: there is nothing to give back any more
    expect(await sumsOf(number)).toEqual({ [way]: 10_000 });
    expect(await losses()).toBe(before);
    await expect(spent(3_000)).rejects.toBeDefined();
    if (way === 'refund') return;
    happen('win-dispute', dispute);
    await county.deliver();
    expect(await sumsOf(number)).toEqual({ left: 10_000 });
  });

  test('that fails on its way is the gift’s again, and may be asked for anew', async () => {
    const { number, payment } = await paidGift({}, 'alipay');
    const refund = await approve(await ask(number, 6_000));
    expect(await sumsOf(number)).toEqual({ left: 4_000, apart: 6_000 });
    const [sent] = await county.giving.provider.listRefunds({ paymentIntentId: payment });
    happen('fail-refund', sent?.id ?? '');
    await county.deliver();
    expect(await sumsOf(number)).toEqual({ left: 10_000 });
    expect((await GiftRefund.findById(refund._id).lean<GiftRefund>())?.state.name).toBe('failed');
    expect(await ask(number, 10_000)).toMatchObject({ state: { name: 'asked' } });
  });

  test('of a transfer goes back by a transfer, whose serial number is used once; after its window only for what time does not heal', async () => {
    const line = { requestKey: `bank-${++count}-gift`, bankSerial: `BACK-${count}`, receivedOn: '2026-11-24', amount: '800.00' };
    const giver = { payerName: '和安县总工会', creditCode: '81130434MC0000039T' };
    const { number } = await recordBankGift(ctx, bankGiftInput.parse({ ...line, ...giver }));
    const refund = await approve(await ask(number, 300));
    expect(refund).toMatchObject({ state: { name: 'approved' }, channel: 'bankTransfer' });
    const officers = as(officer, 'financeOfficer');
    const used = { id: refund._id, bankSerial: line.bankSerial };
    await expect(recordRefundTransfer(officers, used)).rejects.toMatchObject({
      issues: [{ path: 'bankSerial', code: 'bank-serial-taken' }],
    });
    const before = await balanceOf(ctx, mainBank);
    const { spendingFen } = (await costsOfYear(ctx)).costs;
    await recordRefundTransfer(officers, { id: refund._id, bankSerial: `OUT-${count}` });
    await recordRefundTransfer(officers, { id: refund._id, bankSerial: `OUT-${count}` });
    expect((await balanceOf(ctx, mainBank)) - before).toBe(-30_000);
    expect((await costsOfYear(ctx)).costs.spendingFen).toBe(spendingFen); // no use: it raises no cap
    expect(await sumsOf(number)).toEqual({ left: 500, refund: 300 });
    await Gift.updateOne({ ledger: ctx.ledger, number }, { 'received.on': '2026-01-05' });
    await expect(ask(number, 100)).rejects.toMatchObject({ code: 'donation.refund-late' });
    expect(await ask(number, 100, { reason: 'failedPurpose' })).toMatchObject({ state: { name: 'asked' } });
  });

  test('made in the provider’s dashboard is found: it takes what is free, the rest is a loss, and finance is asked to look', async () => {
    await emptyPools();
    const { number, payment } = await paidGift();
    await spent(4_000);
    const { id } = await county.practice.stripe.refunds.create({ payment_intent: payment });
    control().planFaults([{ fault: 'drop', times: 9 }]);
    await county.deliver();
    await reconcileProvider(ctx, county.giving);
    await reconcileProvider(ctx, county.giving);
    expect(await sumsOf(number)).toEqual({ aid: 4_000, refund: 6_000 });
    expect(await mattersAbout(id)).toEqual([['outsideRefund', 'open', 1_000_000]]);
  });
});

describe('a dispute', () => {
  test('10,000 with 4,000 spent: 6,000 from the lot, 4,000 a loss and an open break; reinstated: all back', async () => {
    await emptyPools();
    const { number, charge } = await paidGift();
    await spent(4_000);
    const id = happen('open-dispute', charge);
    await county.deliver();
    expect(await sumsOf(number)).toEqual({ aid: 4_000, apart: 6_000 });
    expect((await giftNow(number)).state.name).toBe('disputed');
    happen('withdraw-dispute', id);
    await county.deliver();
    expect(await sumsOf(number)).toEqual({ aid: 4_000, chargeback: 6_000 });
    expect(await mattersAbout(id)).toEqual([['chargebackLoss', 'open', 400_000]]);
    expect(await breaksOfToday()).toContainEqual(['providerMatter', 400_000]);
    happen('win-dispute', id);
    await county.deliver();
    expect(await sumsOf(number)).toEqual({ aid: 4_000, left: 6_000 });
    expect(await breaksOfToday()).not.toContainEqual(['providerMatter', 400_000]);
    expect(await giftNow(number)).toMatchObject({ state: { name: 'received' }, returnedFen: 0 });
    expect(await mattersAbout(id)).toEqual([['chargebackLoss', 'closed', 400_000]]);
  });

  test('the loss stands apart until `operating` has money, which then bears it; reinstated, it gets it back', async () => {
    await emptyPools();
    const { charge } = await paidGift();
    await spent(4_000);
    const id = happen('open-dispute', charge);
    happen('withdraw-dispute', id);
    await county.deliver();
    const operating = await paidGift({ amount: '9000.00' });
    const line = {
      requestKey: `oper-${++count}-gift`,
      bankSerial: `OPER-${count}`,
      receivedOn: '2026-11-24',
      amount: '9000.00',
      purpose: 'operating',
    };
    const costs = await recordBankGift(ctx, bankGiftInput.parse({ ...line, payerName: '和安县总工会', creditCode: '81130434MC0000039T' }));
    await reconcileProvider(ctx, county.giving);
    const borne = (await sumsOf(costs.number))['other'] ?? 0;
    expect(borne).toBeGreaterThanOrEqual(4_000);
    expect((await sumsOf(operating.number))['left']).toBe(9_000);
    happen('win-dispute', id);
    await county.deliver();
    expect(borne - ((await sumsOf(costs.number))['other'] ?? 0)).toBe(4_000);
  });

  test('of the whole after a refund of a part: never more than the gift goes back, the rest is a loss; what comes back counts in any order', async () => {
    const { number, payment, charge } = await paidGift();
    const refund = await county.practice.stripe.refunds.create({ payment_intent: payment, amount: 400_000 });
    await county.deliver();
    const id = happen('open-dispute', charge);
    happen('withdraw-dispute', id);
    await county.deliver();
    expect(await giftNow(number)).toMatchObject({ state: { name: 'disputed' }, returnedFen: 1_000_000 });
    expect(await sumsOf(number)).toEqual({ refund: 4_000, chargeback: 6_000 });
    expect(await mattersAbout(id)).toEqual([['chargebackLoss', 'open', 400_000]]);
    for (const truth of donationsTruths) expect(await truth.check(ctx)).toEqual([]);
    happen('fail-refund', refund.id);
    await county.deliver();
    expect((await giftNow(number)).returnedFen).toBe(1_000_000); // the bank has the whole of it all the same
    happen('win-dispute', id);
    await county.deliver();
    expect(await giftNow(number)).toMatchObject({ state: { name: 'received' }, returnedFen: 0 });
    expect(await sumsOf(number)).toEqual({ left: 10_000 });
  });

  test('is listed for finance until the bank decides; one that is lost ends a gift of its whole sum', async () => {
    const { number, charge } = await paidGift();
    const dispute = happen('open-dispute', charge);
    await county.deliver();
    const desk = await agentOf(county.app, officer._id, ctx);
    const listed = async () => (await desk.get('/donations/provider')).text.includes(`/donations/gifts/${number}`);
    expect(await listed()).toBe(true);
    happen('lose-dispute', dispute);
    await county.deliver();
    expect(await listed()).toBe(false);
    expect((await giftNow(number)).state.name).toBe('chargedBack');
    expect(await sumsOf(number)).toEqual({ chargeback: 10_000 });
  });
});

describe('the receipt of a gift', () => {
  const finance = () => as(officer, 'financeOfficer');
  const second = () => as({ _id: 'usr_second' } as User, 'financeOfficer');
  beforeAll(async () => {
    const numbers = { code: '1304990188', first: '0000000001', last: '0000000099', itemCode: '501010' };
    const { _id: id } = await enterRange(finance(), {
      requestKey: 'range-back-1',
      payee: '和安县慈善总会',
      sourceDoc: '领用单',
      ...numbers,
    });
    await confirmRange(second(), { id });
  });

  async function receipted() {
    const paid = await paidGift();
    const gift = await giftNow(paid.number);
    return { ...paid, gift: gift._id, receipt: await issueReceipt(finance(), { gift: gift._id }) };
  }
  /** What a paper says when somebody checks it, and how the gift stands. */
  const stands = async ({ number, receipt }: { number: string; receipt: Receipt }) => [
    (await checkReceipt(ctx, { code: receipt.code, number: receipt.number, check: receipt.checkCode })).verdict,
    (await giftNow(number)).state.name,
  ];
  const liveSums = async (gift: string) =>
    (await Receipt.find({ ledger: ctx.ledger, gift, 'state.name': 'issued' }).lean<Receipt[]>()).map(({ amountFen }) => amountFen / 100);
  const faults = async () => (await Promise.all(donationsTruths.map(({ check }) => check(ctx)))).flat();
  const again = async (gift: string) => (await issueReceipt(finance(), { gift })).amountFen / 100;
  async function happened(id: string, ...happenings: Happening[]): Promise<void> {
    for (const happening of happenings) {
      happen(happening, id);
      await county.deliver();
    }
  }
  async function disputed(charge: string): Promise<string> {
    const id = happen('open-dispute', charge);
    await county.deliver();
    return id;
  }
  /** A dispute of a part, as the provider tells of it: the practice provider knows only those of the whole. */
  function ofPart(payment: string, yuan: number) {
    const told = { id: `du_part_${++count}`, amountFen: fen(yuan * 100), status: 'needs_response' as const, reason: 'fraudulent' };
    return (changes: object = {}) =>
      settleDispute(ctx, county.giving, {
        ...told,
        paymentIntentId: payment,
        dueBy: null,
        withdrawn: false,
        reinstated: false,
        ...changes,
      } as Parameters<typeof settleDispute>[2]);
  }

  test('is no longer genuine when the payer’s bank has taken the money; won back, the gift waits for a new one', async () => {
    const [lost, won] = [await receipted(), await receipted()];
    await happened(await disputed(lost.charge), 'lose-dispute');
    expect(await stands(lost)).toEqual(['voided', 'chargedBack']);
    const dispute = await disputed(won.charge);
    expect(await stands(won)).toEqual(['genuine', 'disputed']); // asked is not taken
    await happened(dispute, 'withdraw-dispute');
    expect(await stands(won)).toEqual(['voided', 'disputed']);
    await happened(dispute, 'win-dispute');
    expect(await stands(won)).toEqual(['voided', 'received']);
    expect([await again(won.gift), await liveSums(won.gift)]).toEqual([10_000, [10_000]]);
    expect(await faults()).toEqual([]);
  });

  test('stays when nothing was taken; voided meanwhile, the gift gets another', async () => {
    const [kept, wrong] = [await receipted(), await receipted()];
    const disputes = [await disputed(kept.charge), await disputed(wrong.charge)];
    await askVoiding(finance(), { id: wrong.receipt._id, reason: '名字写错', payerName: undefined });
    await confirmVoiding(second(), { id: wrong.receipt._id });
    for (const id of disputes) await happened(id, 'win-dispute');
    expect(await stands(kept)).toEqual(['genuine', 'receipted']);
    expect(await stands(wrong)).toEqual(['voided', 'received']);
    expect([await again(wrong.gift), await liveSums(wrong.gift)]).toEqual([10_000, [10_000]]);
  });

  test('is one also when a refund was asked for before the dispute: declined meanwhile or afterwards', async () => {
    for (const isDeclinedFirst of [true, false]) {
      const gift = await receipted();
      const { _id: id } = await ask(gift.number, 100);
      const decline = () => declineRefund(as(manager, 'fundManager'), { id, reason: '不用退' });
      const dispute = await disputed(gift.charge);
      if (isDeclinedFirst) await decline();
      await happened(dispute, 'win-dispute');
      if (!isDeclinedFirst) {
        expect(await stands(gift)).toEqual(['genuine', 'refundAsked']);
        await decline();
      }
      expect(await stands(gift)).toEqual(['genuine', 'receipted']);
      expect([await again(gift.gift), await liveSums(gift.gift)]).toEqual([10_000, [10_000]]);
    }
  });

  test('of what was left after a refund gives way to one of the whole when the refund comes back', async () => {
    const gift = await receipted();
    const { proof = '' } = await approve(await ask(gift.number, 3_000));
    expect([await again(gift.gift), await liveSums(gift.gift)]).toEqual([7_000, [7_000]]);
    await happened(proof, 'fail-refund');
    expect([await again(gift.gift), await liveSums(gift.gift)]).toEqual([10_000, [10_000]]);
  });

  test('says what is left after a dispute of a part, and the whole when that comes back', async () => {
    const gift = await receipted();
    const tell = ofPart(gift.payment, 6_000);
    await tell();
    await tell({ withdrawn: true, status: 'lost' });
    expect(await stands(gift)).toEqual(['voided', 'received']);
    expect([await again(gift.gift), await liveSums(gift.gift)]).toEqual([4_000, [4_000]]);
    await tell({ withdrawn: true, reinstated: true, status: 'won' });
    expect((await giftNow(gift.number)).state.name).toBe('received');
    expect([await again(gift.gift), await liveSums(gift.gift)]).toEqual([10_000, [10_000]]);
  });

  test.each([['one after the other'], ['at one time']])('is none when two disputes of parts take the whole, %s', async (order) => {
    const gift = await receipted();
    const [one, two] = [ofPart(gift.payment, 4_000), ofPart(gift.payment, 6_000)];
    const lost = { withdrawn: true, status: 'lost' };
    await one();
    if (order === 'at one time') await two();
    await one(lost);
    expect((await giftNow(gift.number)).state.name).toBe(order === 'at one time' ? 'disputed' : 'received');
    await two();
    await two(lost);
    expect(await stands(gift)).toEqual(['voided', 'chargedBack']);
    expect(await issueWaitingReceipts(finance())).toMatchObject({ waiting: 0 });
    expect(await liveSums(gift.gift)).toEqual([]);
  });

  test('bears from then on a name that two people corrected while a refund was asked', async () => {
    const { number } = await paidGift();
    const { _id: gift } = await giftNow(number);
    const finance = as(officer, 'financeOfficer');
    const receipt = await issueReceipt(finance, { gift });
    await askVoiding(finance, { id: receipt._id, reason: '抬头写错', payerName: '和安县恒通机械股份有限公司' });
    const refund = await ask(number, 1_000);
    await confirmVoiding(as({ _id: 'usr_second' } as User, 'financeOfficer'), { id: receipt._id });
    await declineRefund(as(manager, 'fundManager'), { id: refund._id, reason: '不退' });
    expect((await issueReceipt(finance, { gift })).payerName).toBe('和安县恒通机械股份有限公司');
  });

  test('does not outlive a refund made in the provider’s dashboard, whole or in part, and follows it when it comes back', async () => {
    const [whole, part] = [await receipted(), await receipted()];
    await county.practice.stripe.refunds.create({ payment_intent: whole.payment });
    const { id } = await county.practice.stripe.refunds.create({ payment_intent: part.payment, amount: 400_000 });
    await county.deliver();
    expect(await stands(whole)).toEqual(['voided', 'refunded']);
    expect(await stands(part)).toEqual(['voided', 'received']);
    expect([await again(part.gift), await liveSums(part.gift)]).toEqual([6_000, [6_000]]);
    await happened(id, 'fail-refund'); // late: the payer's account is closed, and all is here again
    expect([await again(part.gift), await liveSums(part.gift)]).toEqual([10_000, [10_000]]);
    expect(await faults()).toEqual([]);
  });
});

test('each event once, in any order, doubled or late: the end is the same', async () => {
  for (const seed of [1, 2]) {
    await emptyPools();
    const { number, charge, payment } = await paidGift();
    await spent(1_000 * seed);
    const first = await county.practice.stripe.refunds.create({ payment_intent: payment, amount: 100_000 });
    const dispute = happen('open-dispute', charge);
    happen('withdraw-dispute', dispute);
    if (seed % 2 === 0) happen('win-dispute', dispute);
    county.practice.clock.advance(180_000);
    const events = await county.giving.provider.listEvents({ since: new Date(ctx.clock.now().getTime() - 240_000) });
    const random = seededRandom(`shuffle ${seed}`);
    const shuffled = [...events, ...events].map((event) => ({ event, at: random.bytes(2)[0] ?? 0 })).sort((a, b) => a.at - b.at);
    for (const { event } of shuffled) await recordProviderEvent(ctx, county.giving, event);
    const withdrawn = seed % 2 === 0 ? 0 : 9_000 - 1_000 * seed;
    const rest = 9_000 - 1_000 * seed - withdrawn;
    const sums = await sumsOf(number);
    expect([first.status, sums['aid'], (sums['refund'] ?? 0) + (sums['chargeback'] ?? 0) + (sums['left'] ?? 0)]).toEqual([
      'succeeded',
      1_000 * seed,
      10_000 - 1_000 * seed,
    ]);
    if (seed % 2 === 0) expect(sums['left']).toBe(rest);
  }
});

describe('fees and payouts', () => {
  test('the gift stays whole, the fee is booked once, and a payout brings the rest to the bank, also when it comes back', async () => {
    await paidUp();
    const { number } = await paidGift();
    county.practice.clock.advance(180_000);
    await county.deliver();
    await reconcileProvider(ctx, county.giving);
    expect(await sumsOf(number)).toEqual({ left: 10_000 });
    const before = await balanceOf(ctx, mainBank);
    const provider = await balanceOf(ctx, 'provider:stripe');
    const id = happen('run-payout');
    await county.deliver();
    await reconcileProvider(ctx, county.giving);
    expect((await breaksOfToday()).filter(([kind]) => kind === 'payoutMissing')).toEqual([]);
    const { amount } = await county.giving.provider.readPayout(id);
    expect((await balanceOf(ctx, mainBank)) - before).toBe(amount);
    expect(provider - (await balanceOf(ctx, 'provider:stripe'))).toBe(amount);
    expect(await ProviderPayout.findOne({ ledger: ctx.ledger, payoutId: id }).lean()).toMatchObject({
      state: { name: 'arrived' },
      amountFen: amount,
    });
    happen('fail-payout', id);
    await county.deliver();
    expect(await balanceOf(ctx, mainBank)).toBe(before);
  });

  test('in another currency: the fee in fen at the rate, the payout in fen, nothing left over at the provider', async () => {
    control().setSettlement({ currency: 'hkd', rateMillionths: 1_087_000, feeBp: 344 });
    const start = await balanceOf(ctx, 'provider:stripe');
    await paidGift({ amount: '10.00' });
    county.practice.clock.advance(180_000);
    await reconcileProvider(ctx, county.giving);
    const [row] = await county.giving.provider.listTransactions({ since: new Date(0) });
    const cost = await findEntryByKey(ctx, `transaction:${row?.id}:cost`);
    expect(cost?.legs.find(({ account }) => account === 'uncovered:fee')?.amount).toBe(34); // 37 of 1,087 HKD cents
    happen('run-payout');
    await reconcileProvider(ctx, county.giving);
    expect(await balanceOf(ctx, 'provider:stripe')).toBe(start);
  });

  async function paidUp(): Promise<void> {
    county.practice.clock.advance(180_000);
    await county.deliver();
  }
});

test('a payout whose parts are not its sum is booked as the bank has it, and finance is asked to look', async () => {
  await paidGift({ amount: '500.00' });
  county.practice.clock.advance(180_000);
  await county.deliver();
  control().planFaults([{ fault: 'drop', times: 9 }]);
  const payout = await county.giving.provider.readPayout(happen('run-payout'));
  const before = await balanceOf(ctx, mainBank);
  const told = { ...payout, amount: payout.amount - 700 };
  await settlePayout(asSystem(ctx, 'provider'), county.giving, told);
  expect(await mattersAbout(payout.id)).toEqual([['payoutDiffers', 'open', told.amount]]);
  expect((await balanceOf(ctx, mainBank)) - before).toBe(told.amount);
  await settlePayout(asSystem(ctx, 'provider'), county.giving, told); // told again
  expect((await balanceOf(ctx, mainBank)) - before).toBe(told.amount);
});

test('a bank that answers later: nothing is called received before, and a no ends the try', async () => {
  for (const [outcome, state] of [
    ['pay-delayed', 'received'],
    ['fail-delayed', 'lapsed'],
  ] as const) {
    const { body } = await county.give({ requestKey: `delayed-${++count}-gift` }).expect(201);
    await press(body.payUrl, 'delay');
    await county.deliver();
    expect((await giftNow(body.number)).state.name).toBe('awaiting');
    happen(outcome, (await giftNow(body.number)).attempts[0]?.sessionId);
    await county.deliver();
    expect((await giftNow(body.number)).state.name).toBe(state);
  }
});

test('a warning of fraud is listed for finance, who says what came of it', async () => {
  const { number, charge } = await paidGift();
  const warning = happen('warn-of-fraud', charge);
  await county.deliver();
  const desk = await agentOf(county.app, officer._id, ctx);
  const page = await desk.get('/donations/provider');
  for (const shown of ['盗刷提醒', number, '平台待结算']) expect(page.text).toContain(shown);
  const [matter] = await ProviderMatter.find({ ledger: ctx.ledger, about: warning }).lean<ProviderMatter[]>();
  const done = await submit(desk, '/donations/provider', `/donations/provider/matters/${matter?._id}/closings`, {
    note: '给持卡人打过电话，是本人',
  });
  expect(done.status).toBe(303);
  expect((await desk.get('/donations/provider?view=closed')).text).toContain('是本人');
});

/** Money that came with another sum than its gift has, and was put aside. */
async function parkedMoney(): Promise<{ number: string; id: string; payment: string; charge: string }> {
  const { body } = await county.give({ requestKey: `parked-${++count}-back` }).expect(201);
  await Gift.updateOne({ ledger: ctx.ledger, number: body.number }, { amountFen: 999_999 });
  await press(body.payUrl, 'pay', 'alipay');
  await county.deliver();
  const gift = await giftNow(body.number);
  const [waits] = await ParkedPayment.find({ ledger: ctx.ledger, gift: gift._id }).lean<ParkedPayment[]>();
  const { paymentIntentId } = await county.giving.provider.readCheckoutSession(waits?.sessionId ?? '');
  const { latest_charge } = await county.practice.stripe.paymentIntents.retrieve(paymentIntentId ?? '');
  return {
    number: body.number,
    id: waits?._id ?? fault('nothing was put aside'),
    payment: paymentIntentId ?? '',
    charge: String(latest_charge),
  };
}
const signPayBack = (id: string) => sign(manager, (code) => payBackParked(as(manager, 'fundManager'), county.giving, { id, code }));
const parkedNow = async (id: string) => (await ParkedPayment.findById(id).lean<ParkedPayment>())?.state.name;
const giveBack = (id: string) =>
  resolveParkedPayment(as(officer, 'financeOfficer'), county.giving, { id, decision: 'refund', reason: '金额不对' });

test('money that was put aside and whose way back fails is still to be given back: finance is told, and another signature sends it', async () => {
  const { id, payment } = await parkedMoney();
  await giveBack(id);
  await signPayBack(id);
  const refunds = () => county.giving.provider.listRefunds({ paymentIntentId: payment });
  const [first] = await refunds();
  happen('fail-refund', first?.id ?? '');
  await county.deliver();
  expect(await parkedNow(id)).toBe('refundDue');
  const stuck = await ProviderMatter.find({ ledger: ctx.ledger, kind: 'refundStuck', about: new RegExp(first?.id ?? 'none') }).lean();
  expect(stuck).toHaveLength(1);
  await signPayBack(id);
  const second = (await refunds()).find(({ status }) => status === 'pending');
  happen('settle-refund', second?.id ?? '');
  await county.deliver();
  expect(await parkedNow(id)).toBe('paidBack');
  expect((await refunds()).filter(({ status }) => status === 'succeeded')).toHaveLength(1);
});

test('money that was put aside and is given back in the dashboard, or taken by the payer’s bank, is known to be gone', async () => {
  const [returned, taken] = [await parkedMoney(), await parkedMoney()];
  const { id } = await county.practice.stripe.refunds.create({ payment_intent: returned.payment });
  happen('settle-refund', id);
  const dispute = happen('open-dispute', taken.charge);
  await county.deliver();
  expect(await parkedNow(taken.id)).toBe('waiting'); // announced, not taken
  happen('withdraw-dispute', dispute);
  await county.deliver();
  expect([await parkedNow(returned.id), await parkedNow(taken.id)]).toEqual(['paidBack', 'paidBack']);
  expect((await mattersAbout(dispute)).map(([kind]) => kind)).toEqual(['parkedReturn']);
  await expect(asGift(taken.id)).rejects.toMatchObject({ code: 'state.not-allowed' }); // the money is not there
  for (const { number } of [returned, taken]) expect(await giftNow(number)).not.toHaveProperty('problem');
  happen('win-dispute', dispute);
  await county.deliver();
  expect(await parkedNow(taken.id)).toBe('waiting'); // nobody had decided, and the bank decided for the charity
  expect((await asGift(taken.id)).state.name).toBe('booked');
});

const parkedState = async (id: string) => (await ParkedPayment.findById(id).lean<ParkedPayment>()) ?? fault('it is not there');
const asGift = (id: string) =>
  resolveParkedPayment(as(officer, 'financeOfficer'), county.giving, { id, decision: 'gift', reason: '认作捐赠' });

describe('of money that was put aside', () => {
  test('a part that is given back in the dashboard is told; the rest waits, and is booked, or goes back, as the rest', async () => {
    const [kept, sent] = [await parkedMoney(), await parkedMoney()];
    for (const { id, payment } of [kept, sent]) {
      const part = await county.practice.stripe.refunds.create({ payment_intent: payment, amount: 100 });
      happen('settle-refund', part.id);
      await county.deliver();
      expect([await parkedNow(id), await mattersAbout(part.id)]).toEqual(['waiting', [['parkedReturn', 'open', 100]]]);
    }
    expect((await asGift(kept.id)).toSettle).toEqual([]);
    const { bookedAs } = await parkedState(kept.id);
    const { number = '' } = (await Gift.findById(bookedAs).lean<Gift>()) ?? {};
    expect(await sumsOf(number)).toEqual({ left: 9_999, refund: 1 });
    await giveBack(sent.id);
    await signPayBack(sent.id);
    const ours = (await county.giving.provider.listRefunds({ paymentIntentId: sent.payment })).find(({ refundId }) => refundId === sent.id);
    expect(ours?.amountFen).toBe(999_900);
    happen('settle-refund', ours?.id);
    await county.deliver();
    expect(await parkedNow(sent.id)).toBe('paidBack');
  });

  test('a part that the payer’s bank takes leaves the gift as which it is booked, also after a crash between', async () => {
    const { id, payment } = await parkedMoney();
    const dispute = { id: `du_part${++count}`, amountFen: fen(400_000), status: 'lost', reason: 'fraudulent', dueBy: null } as const;
    const theirs = { ...dispute, paymentIntentId: payment, withdrawn: true, reinstated: false };
    const giving = { ...county.giving, provider: { ...county.giving.provider, readDispute: async () => theirs } };
    await settleDispute(asSystem(ctx, 'provider'), giving, theirs);
    expect([await parkedNow(id), (await mattersAbout(dispute.id)).map(([kind]) => kind)]).toEqual(['waiting', ['parkedReturn']]);
    const away = { ...giving, provider: { ...giving.provider, readDispute: () => Promise.reject(new Error('the process ended')) } };
    await expect(resolveParkedPayment(as(officer, 'financeOfficer'), away, { id, decision: 'gift', reason: '认作捐赠' })).rejects.toThrow();
    expect((await parkedState(id)).toSettle).toEqual([dispute.id]);
    await reconcileProvider(ctx, giving);
    const { bookedAs, toSettle } = await parkedState(id);
    const { number = '' } = (await Gift.findById(bookedAs).lean<Gift>()) ?? {};
    expect([toSettle, await sumsOf(number)]).toEqual([[], { left: 6_000, chargeback: 4_000 }]);
  });

  test('a refund of the dashboard that fails later leaves it waiting again; an old failure told again changes nothing', async () => {
    const { id, payment } = await parkedMoney();
    const outside = await county.practice.stripe.refunds.create({ payment_intent: payment });
    happen('settle-refund', outside.id);
    await county.deliver();
    expect(await parkedNow(id)).toBe('paidBack');
    happen('fail-refund', outside.id);
    await county.deliver();
    expect(await parkedNow(id)).toBe('waiting');
    await giveBack(id);
    await signPayBack(id);
    const refunds = () => county.giving.provider.listRefunds({ paymentIntentId: payment });
    const first = (await refunds()).find(({ refundId }) => refundId === id);
    happen('fail-refund', first?.id);
    await county.deliver();
    await signPayBack(id);
    const second = (await refunds()).find(({ refundId, status }) => refundId === id && status === 'pending');
    happen('settle-refund', second?.id);
    await county.deliver();
    expect(await parkedNow(id)).toBe('paidBack');
    for (const old of [first, outside]) {
      await settleRefund(asSystem(ctx, 'provider'), county.giving, await county.giving.provider.readRefund(old?.id ?? ''));
    }
    expect(await parkedNow(id)).toBe('paidBack');
  });

  test('what is taken and won back, twice, waits for its decision each time, which whoever took it does not sign', async () => {
    const { id, charge } = await parkedMoney();
    for (let round = 0; round < 2; round += 1) {
      const dispute = happen('open-dispute', charge);
      await county.deliver();
      expect((await mattersAbout(dispute)).map(([kind]) => kind)).toEqual(['parkedReturn']); // it has to be answered in time
      happen('withdraw-dispute', dispute);
      await county.deliver();
      expect(await parkedNow(id)).toBe('paidBack');
      happen('win-dispute', dispute);
      await county.deliver();
      expect(await parkedNow(id)).toBe('waiting');
    }
    await resolveParkedPayment(as(manager, 'financeOfficer'), county.giving, { id, decision: 'refund', reason: '金额不对' });
    await expect(signPayBack(id)).rejects.toMatchObject({ code: 'rule.same-person' });
  });
});

test('money that fits no gift goes back when a second person signs, and is called given back when it is', async () => {
  const { number, id } = await parkedMoney();
  await resolveParkedPayment(as(officer, 'financeOfficer'), county.giving, { id, decision: 'refund', reason: '金额不对' });
  const again = { ...as(officer, 'fundManager') };
  await expect(sign(officer, (code) => payBackParked(again, county.giving, { id, code }))).rejects.toMatchObject({
    code: 'rule.same-person',
  });
  const signed = await signPayBack(id);
  expect(signed).toMatchObject({ state: { name: 'refundDue' }, payBack: { by: manager._id } });
  county.practice.clock.advance(600_000);
  await county.deliver();
  await reconcileProvider(ctx, county.giving);
  expect(await ParkedPayment.findById(id).lean()).toMatchObject({ state: { name: 'paidBack' } });
  expect(await balanceOf(ctx, giftLot(number))).toBe(0);
});

test('on its pages: asked for, signed and read by all, with what is no longer there', async () => {
  await emptyPools();
  const { number } = await paidGift();
  const [desk, chief] = [await agentOf(county.app, officer._id, ctx), await agentOf(county.app, manager._id, ctx)];
  const form = `/donations/gifts/${number}/refunds/new`;
  const requestKey = /name="requestKey" value="([^"]+)"/.exec((await desk.get(form)).text)?.[1] ?? '';
  const wrong = await submit(desk, form, `/donations/gifts/${number}/refunds`, {
    requestKey,
    amount: '10000.01',
    reason: 'mistake',
    note: '核对过',
  });
  expect([wrong.status, wrong.text.includes('¥10,000.00')]).toEqual([422, true]);
  const asked = await submit(desk, form, `/donations/gifts/${number}/refunds`, {
    requestKey,
    amount: '2000',
    reason: 'mistake',
    note: '核对过',
  });
  const page = asked.headers['location'] ?? '';
  expect((await desk.get(page)).text).toContain('要另一个人签字');
  const signed = await sign(manager, (code) => submit(chief, page, `${page}/approvals`, { code }));
  expect(signed.status).toBe(303);
  for (const shown of ['已退', '付错了', number]) expect((await chief.get(page)).text).toContain(shown);
  expect((await desk.get('/donations/refunds?view=done')).text).toContain(number);
  const row = new RegExp(`>${number}</a>.*?</tr>`, 's').exec((await desk.get('/donations/gifts')).text)?.[0];
  expect(row).toMatch(/¥10,000\.00.*退后还有 ¥8,000\.00/s); // also where staff list gifts
  expect((await desk.get(`/donations/gifts?q=${number}`)).text).toMatch(/其中 <b>¥2,000\.00<\/b> 退给了付款人/);
  const { code } = await giftNow(number);
  const open = (await desk.get(`/gifts/${code}`)).text;
  for (const shown of ['退款和争议', '¥2,000.00']) expect(open).toContain(shown);
  expect(open).not.toContain('/donations/refunds/');
});

test('the ledger names what an entry was for in words, in the language of who reads', async () => {
  const [refund, dispute, payout] = await Promise.all(
    [GiftRefund.findOne({ number: /./ }), GiftDispute.findOne(), ProviderPayout.findOne()].map((found) => found.orFail().lean()),
  );
  const sources = { giftRefund: refund?._id, giftDispute: dispute?._id, providerPayout: payout?._id, uncovered: 'uncovered:fee' };
  const asked = Object.entries(sources).map(([type, id]) => ({ type, id: String(id) }));
  const named = await documentLabels({ ...ctx, locale: 'en' }, asked);
  expect([...named.values()].map(({ text }) => text)).toEqual([
    expect.stringMatching(/^Refund \S+-\d+$/),
    expect.stringMatching(/^Disputed · Gift D-2026-\d+$/),
    expect.stringMatching(/^Paid out to the bank · \d+ \w+/),
    'Owed by running costs',
  ]);
});

test('in the end each gift adds up (I4), and each is one entry (I3)', async () => {
  for (const truth of donationsTruths) expect(await truth.check(ctx)).toEqual([]);
});

describe('who looks over the books is told', () => {
  const violations = async () =>
    (await Promise.all(donationsTruths.map((truth) => truth.check(ctx))))
      .flat()
      .map(({ truth, what, where }) => `${truth} ${what} ${where}`);

  test.each`
    why                                          | spoil                                                               | says
    ${'a gift says more than its entry'}         | ${({ amountFen }: Gift) => ({ amountFen: amountFen + 1 })}          | ${/^I3 entry says -?\d+, gift \d+ D-/}
    ${'a gift says more than became of it'}      | ${({ amountFen }: Gift) => ({ amountFen: amountFen + 1 })}          | ${/^I4 parts sum to \d+, received \d+ D-/}
    ${'more went back than was given'}           | ${({ amountFen }: Gift) => ({ returnedFen: amountFen + 1 })}        | ${/^I4 returned \d+, received \d+ D-/}
    ${'one payment stands for two gifts'}        | ${(_: Gift, { received }: Gift) => ({ received })}                  | ${/^I3 one payment was booked for several gifts D-\S+ D-/}
    ${'a payment was put aside and not decided'} | ${() => ({ problem: { code: 'amount', at: ctx.clock.now() } })}     | ${/^I3 a payment does not fit its gift: amount D-/}
    ${'a recorded transfer is not booked'}       | ${() => ({ transfer: { serial: 'NEVER-CAME', on: '2026-11-20' } })} | ${/^I3 the recorded transfer NEVER-CAME is not booked D-/}
  `('when $why', async ({ spoil, says }) => {
    const [gift, other] = await Gift.find({ ledger: ctx.ledger, 'received.into': 'online', problem: null }).limit(2).lean<Gift[]>();
    if (!gift || !other) throw new Error('there are no two gifts');
    await Gift.updateOne({ _id: gift._id }, { $set: spoil(gift, other) });
    expect(await violations()).toContainEqual(expect.stringMatching(says));
    await Gift.replaceOne({ _id: gift._id }, gift);
    expect(await violations()).toEqual([]);
  });
});
