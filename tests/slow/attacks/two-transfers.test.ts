import request from 'supertest';
import { donationsTruths, openGift, reconcileOpenGifts, recordBankGift } from '../../../server/donations';
import { Gift } from '../../../server/donations/gift.model';
import { giveInput } from '../../../server/donations/give.inputs';
import { ParkedPayment } from '../../../server/donations/parked-payment.model';
import { resolveParkedPayment } from '../../../server/donations/resolve-parked-payment';
import { settleSession } from '../../../server/donations/settle-session';
import { bankGiftInput } from '../../../server/donations/staff.inputs';
import { restrictionPool } from '../../../server/funds';
import { fen } from '../../../server/kernel/money';
import { balanceOf, findPools } from '../../../server/ledger';
import type { CheckoutSession } from '../../../server/platform/stripe/checkout-sessions';
import { useGivingCounty } from '../../donations/giving-county';
import { press } from '../../platform/practising';

const county = useGivingCounty();
const { ctx } = county;
const finance = {
  ...ctx,
  actor: { id: 'usr_finance', kind: 'person' as const, grants: [{ role: 'financeOfficer' as const, scope: '130499' }] },
};

async function onlineGift(requestKey: string): Promise<{ gift: Gift; payUrl: string }> {
  const { body } = await county.give({ requestKey }).expect(201);
  const gift = await Gift.findOne({ ledger: ctx.ledger, number: body.number }).lean<Gift>();
  if (!gift) throw new Error(`no gift ${body.number}`);
  return { gift, payUrl: body.payUrl };
}

const waitingOf = (gift: Gift) =>
  ParkedPayment.find({ ledger: ctx.ledger, gift: gift._id, 'state.name': 'waiting' }).lean<ParkedPayment[]>();

test('a second transfer that names a gift whose first one is being booked is refused, not put in its place', async () => {
  const gift = await openGift(ctx, giveInput.parse({ requestKey: 'announced-1', amount: '100', giver: 'anonymous', method: 'transfer' }));
  await Gift.updateOne({ _id: gift._id }, { transfer: { serial: 'BOC-FIRST', on: '2026-11-23' } }); // between the two commits of the first
  const second = bankGiftInput.parse({
    requestKey: 'second-form',
    bankSerial: 'BOC-SECOND',
    receivedOn: '2026-11-23',
    amount: '250',
    giftNumber: gift.number,
  });
  await expect(recordBankGift(ctx, second)).rejects.toMatchObject({ issues: [{ path: 'giftNumber', code: 'gift-received' }] });
  expect((await findPools(ctx, [restrictionPool({ purpose: 'general' })]))[0]?.total ?? 0).toBe(0);
});

describe('a card pays a gift whose transfer finance has recorded and not yet booked', () => {
  test('is put aside: the transfer is booked as the gift, and finance books the card as one of its own', async () => {
    await reconcileOpenGifts(ctx, county.giving); // books what the test before left
    const { gift, payUrl } = await onlineGift('card-and-bank');
    await Gift.updateOne({ _id: gift._id }, { transfer: { serial: 'BOC-CARD-1', on: '2026-11-24' } }); // between the two commits
    const [bank, provider] = [await balanceOf(ctx, 'bank:main'), await balanceOf(ctx, 'provider:stripe')];
    await press(payUrl, 'pay');
    await county.deliver();
    const [parked] = await waitingOf(gift);
    expect(parked).toMatchObject({ problem: 'paid-twice' });

    const decided = await resolveParkedPayment(finance, county.giving, { id: parked?._id ?? '', decision: 'gift', reason: '付了两次' });
    expect(decided.bookedAs).not.toBe(gift._id);
    county.practice.clock.advance(15 * 60_000);
    await reconcileOpenGifts(ctx, county.giving);
    expect(await Gift.findById(gift._id).lean()).toMatchObject({ received: { proof: 'BOC-CARD-1', into: 'bankTransfer' } });
    expect(await balanceOf(ctx, 'bank:main')).toBe(bank + gift.amountFen);
    expect(await balanceOf(ctx, 'provider:stripe')).toBe(provider + gift.amountFen);
  });

  test('a recorded transfer that is nowhere booked breaks a truth (I3)', async () => {
    const { gift, payUrl } = await onlineGift('card-before');
    await press(payUrl, 'pay');
    await county.deliver();
    await Gift.updateOne({ _id: gift._id }, { transfer: { serial: 'BOC-LOST-1', on: '2026-11-24' } });
    const broken = await Promise.all(donationsTruths.map((truth) => truth.check(ctx)));
    expect(broken.flat()).toContainEqual({ truth: 'I3', what: 'the recorded transfer BOC-LOST-1 is not booked', where: gift.number });
    await Gift.updateOne({ _id: gift._id }, { $unset: { transfer: 1 } });
  });

  test.each(['sweep', 'return'])('after it was booked, and its webhook is lost: the %s finds it', async (way) => {
    const { gift, payUrl } = await onlineGift(`card-after-${way}`);
    const line = { requestKey: `card-after-${way}-bank`, bankSerial: `BOC-AFTER-${way}`, receivedOn: '2026-11-20', amount: '10000' };
    await recordBankGift(ctx, bankGiftInput.parse({ ...line, giftNumber: gift.number, checkedGiver: 'on' }));
    county.practice.provider.control.planFaults([{ fault: 'drop', type: 'checkout.session.completed' }]);
    await press(payUrl, 'pay');
    await county.deliver();
    county.practice.clock.advance(15 * 60_000);
    if (way === 'sweep') await reconcileOpenGifts(ctx, county.giving);
    else expect((await request(county.app).get(`/gifts/${gift.code}/payment`).expect(200)).text).not.toContain('收到您的捐赠');
    expect(await waitingOf(gift)).toMatchObject([{ problem: 'paid-twice' }]);
  });

  test('however they meet, neither is lost', async () => {
    for (const round of [1, 2, 3, 4, 5]) {
      const { gift, payUrl } = await onlineGift(`meeting-${round}`);
      const before = (await balanceOf(ctx, 'bank:main')) + (await balanceOf(ctx, 'provider:stripe'));
      const line = { requestKey: `meeting-${round}-bank`, bankSerial: `BOC-MEET-${round}`, receivedOn: '2026-11-24', amount: '10000' };
      const record = () => recordBankGift(ctx, bankGiftInput.parse({ ...line, giftNumber: gift.number, checkedGiver: 'on' }));
      await press(payUrl, 'pay');
      const [, recorded] = await Promise.all([county.deliver(), record().catch((error: unknown) => error)]);
      const after = (await balanceOf(ctx, 'bank:main')) + (await balanceOf(ctx, 'provider:stripe'));
      const known = (after - before) / gift.amountFen + (await waitingOf(gift)).length;
      expect(known).toBe(recorded instanceof Error ? 1 : 2); // who was refused records it again, as a gift of its own
    }
  });
});

test('two paid sessions of one gift at one moment: one is booked, the other put aside', async () => {
  const { gift } = await onlineGift('two-sessions');
  const paid = (id: string): CheckoutSession => ({
    id,
    mode: 'payment',
    status: 'complete',
    paymentStatus: 'paid',
    amountFen: fen(gift.amountFen),
    currency: 'cny',
    livemode: false,
    giftId: gift._id,
    giftNumber: gift.number,
    paymentIntentId: null,
    subscriptionId: null,
    monthlyId: null,
    url: null,
    createdAt: ctx.clock.now(),
    expiresAt: ctx.clock.now(),
  });
  const both = ['cs_first', 'cs_second'].map((id) => settleSession(ctx, county.giving, gift._id, paid(id)));
  expect((await Promise.all(both)).sort()).toEqual(['mismatch', 'paid']);
  expect(await waitingOf(gift)).toMatchObject([{ problem: 'paid-twice' }]);
});
