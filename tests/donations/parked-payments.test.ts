import { donationsTruths, gift as giftLot, recordBankGift } from '../../server/donations';
import { Gift } from '../../server/donations/gift.model';
import { openSecondGift } from '../../server/donations/open-second-gift';
import { ParkedPayment } from '../../server/donations/parked-payment.model';
import { resolveParkedPayment } from '../../server/donations/resolve-parked-payment';
import { bankGiftInput } from '../../server/donations/staff.inputs';
import { fen } from '../../server/kernel/money';
import { balanceOf } from '../../server/ledger';
import { press } from '../platform/practising';
import { agentOf, samplePerson, submit } from '../support/sign-in';
import { useGivingCounty } from './giving-county';

const county = useGivingCounty();
const { ctx } = county;
const finance = {
  ...ctx,
  actor: { id: 'usr_finance', kind: 'person' as const, grants: [{ role: 'financeOfficer' as const, scope: '130499' }] },
};
const reason = '给付款人打过电话';

const giftNow = async (id: string) => (await Gift.findOne({ _id: id, ledger: ctx.ledger }).lean()) ?? fail(`no gift ${id}`);
const resolve = (id: string, decision: 'gift' | 'refund') => resolveParkedPayment(finance, county.giving, { id, decision, reason });
let count = 0;

/** A gift whose payment was put aside, and that payment. */
async function parked(misfit: 'amount' | 'livemode' | 'paid-twice'): Promise<{ gift: Gift; id: string }> {
  count += 1;
  const { body } = await county.give({ requestKey: `parked-${count}-gift` }).expect(201);
  const opened = await Gift.findOne({ ledger: ctx.ledger, number: body.number }).lean();
  if (misfit === 'amount') await Gift.updateOne({ ledger: ctx.ledger, number: body.number }, { amountFen: 999_999 });
  if (misfit === 'livemode') county.giving.livemode = true;
  if (misfit === 'paid-twice') {
    const line = { requestKey: `parked-${count}-bank`, bankSerial: `BOC-${count}-TWICE`, receivedOn: '2026-11-24', amount: '10000.00' };
    await recordBankGift(ctx, bankGiftInput.parse({ ...line, giftNumber: body.number, checkedGiver: 'on' }));
  }
  await press(body.payUrl, 'pay');
  await county.deliver();
  const gift = await giftNow(opened?._id ?? '');
  expect(gift.problem).toMatchObject({ code: misfit });
  const [waits] = await ParkedPayment.find({ ledger: ctx.ledger, gift: gift._id, 'state.name': 'waiting' }).lean();
  return { gift, id: waits?._id ?? fail('nothing was put aside') };
}

function fail(why: string): never {
  throw new Error(why);
}

test('another sum is booked as the gift it names, with the sum that came, once, however often it is decided', async () => {
  const { gift, id } = await parked('amount');
  await Promise.all([resolve(id, 'gift'), resolve(id, 'gift'), resolve(id, 'gift')].map((one) => one.catch(() => undefined)));
  expect(await resolve(id, 'gift')).toMatchObject({ state: { name: 'booked', by: 'usr_finance' }, bookedAs: gift._id, reason });
  const now = await giftNow(gift._id);
  expect(now).toMatchObject({ amountFen: 1_000_000, state: { name: 'received' }, received: { into: 'online' } });
  expect(now.problem).toBeUndefined();
  expect(await balanceOf(ctx, giftLot(gift.number))).toBe(1_000_000);
  await expect(resolve(id, 'refund')).rejects.toMatchObject({ code: 'state.not-allowed' });
});

test('money for a gift that is paid already is booked as a gift of its own, for the same giver and use', async () => {
  const { gift, id } = await parked('paid-twice');
  const { bookedAs = '' } = await resolve(id, 'gift');
  expect((await resolve(id, 'gift')).bookedAs).toBe(bookedAs);
  const second = await giftNow(bookedAs);
  const { donor, payerName, restriction } = gift;
  expect(second).toMatchObject({ donor, payerName, restriction, state: { name: 'received' }, amountFen: 1_000_000 });
  expect(second.number).not.toBe(gift.number);
  for (const { number } of [gift, second]) expect(await balanceOf(ctx, giftLot(number))).toBe(1_000_000);
  expect((await giftNow(gift._id)).problem).toBeUndefined();
});

const waitingGifts = ({ donor = '' }: Gift) => Gift.countDocuments({ ledger: ctx.ledger, donor, 'state.name': 'awaiting', attempts: [] });

test('a gift that a crash left without its money ends with the decision to give the money back', async () => {
  const { gift, id } = await parked('paid-twice');
  const payment = (await ParkedPayment.findById(id).lean<ParkedPayment>()) ?? fail('nothing was put aside');
  const left = await openSecondGift(finance, gift, payment, fen(1_000_000)); // the first of its two commits
  expect(await resolve(id, 'refund')).toMatchObject({ state: { name: 'refundDue' } });
  expect(await giftNow(left._id)).toMatchObject({ state: { name: 'lapsed', by: 'usr_finance' } });
});

test('of two who decide at once, one books it and the other gives it back, one is told, and no gift is left without money', async () => {
  for (const order of [['gift', 'refund'] as const, ['refund', 'gift'] as const]) {
    const { gift, id } = await parked('paid-twice');
    const answers = await Promise.allSettled(order.map((decision) => resolve(id, decision)));
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { state, bookedAs } = (await ParkedPayment.findById(id).lean<ParkedPayment>()) ?? fail('nothing was put aside');
    expect(bookedAs === undefined ? 'refundDue' : 'booked').toBe(state.name);
    expect(await waitingGifts(gift)).toBe(0);
  }
});

test('practice money is never booked where real money is expected; it may be marked to be given back', async () => {
  const { gift, id } = await parked('livemode');
  await expect(resolve(id, 'gift')).rejects.toMatchObject({ code: 'donation.not-bookable' });
  expect(await resolve(id, 'refund')).toMatchObject({ state: { name: 'refundDue' }, reason });
  expect((await giftNow(gift._id)).problem).toBeUndefined();
  expect(await balanceOf(ctx, giftLot(gift.number))).toBe(0);
});

test('finance finds it in the list with its age, and decides on its page with a reason', async () => {
  const { gift, id } = await parked('amount');
  county.practice.clock.advance(3 * 86_400_000);
  const officer = await samplePerson(ctx, [{ role: 'financeOfficer', scope: '130499' }]);
  const desk = await agentOf(county.app, officer._id, ctx);
  expect((await desk.get('/donations/gifts')).text).toContain('对不上的款 1 笔');
  const list = await desk.get('/donations/parked-payments');
  for (const shown of [gift.number, '3 天', '¥10,000.00', '¥9,999.99', '金额对不上']) expect(list.text).toContain(shown);

  const page = `/donations/parked-payments/${id}`;
  const empty = await submit(desk, page, `${page}/resolutions`, { reason: '' });
  expect(empty.status).toBe(422);
  for (const field of ['decision', 'reason']) expect(empty.text).toContain(`href="#f-${field}"`);
  const done = await submit(desk, page, `${page}/resolutions`, { decision: 'gift', reason });
  expect([done.status, done.headers['location']]).toEqual([303, page]);
  const after = await desk.get(page);
  for (const shown of ['已入账', reason, gift.number, '¥9,999.99', '¥10,000.00']) expect(after.text).toContain(shown);
  expect((await desk.get('/donations/parked-payments')).text).toContain('没有对不上的款');
});

test('in the end each gift adds up, and nothing waits (I3, I4)', async () => {
  for (const truth of donationsTruths) expect(await truth.check(ctx)).toEqual([]);
});
