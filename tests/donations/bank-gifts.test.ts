import { donationsTruths, gift as giftLot, openGift, reconcileOpenGifts, recordBankGift } from '../../server/donations';
import { Gift } from '../../server/donations/gift.model';
import { giveInput } from '../../server/donations/give.inputs';
import { bankGiftInput } from '../../server/donations/staff.inputs';
import { giftsToChoose } from '../../server/donations/transfers/find-transfer-gifts';
import { receiveTransfer } from '../../server/donations/transfers/receive-transfer';
import { withdrawGiftByLink } from '../../server/donations/withdrawals/withdraw-gift';
import { AppError } from '../../server/kernel/errors';
import { localDate } from '../../server/kernel/local-date';
import { balanceOf, drawableFrom, findEntryByKey } from '../../server/ledger';
import { loadTranslator } from '../../server/platform/i18n/translator';
import { agentOf, samplePerson, submit } from '../support/sign-in';
import { useGivingCounty } from './giving-county';

const county = useGivingCounty();
const { ctx } = county;

let serial = 0;
const transfer = (fields: Record<string, string> = {}) =>
  bankGiftInput.parse({
    requestKey: `bank-gift-${++serial}`,
    bankSerial: `BOC20261124-${serial}`,
    receivedOn: '2026-11-20',
    amount: '50000.00',
    donorKind: 'tradeUnion',
    payerName: '和安县总工会',
    creditCode: '81130434MC0000039T',
    purpose: 'illness',
    place: '130499101',
    ...fields,
  });

const issueOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.issues.map(({ path, code }) => `${path} ${code}`).join() : String(error)),
  );

test("a union's transfer is a gift of the day on which the bank received it, under its restriction", async () => {
  const before = await balanceOf(ctx, 'bank:main');
  const gift = await recordBankGift(ctx, transfer());
  expect(gift).toMatchObject({
    donorKind: 'tradeUnion',
    state: { name: 'received' },
    received: { on: '2026-11-20', into: 'bankTransfer' },
  });
  expect(await findEntryByKey(ctx, `gift:${gift._id}:received`)).toMatchObject({ effectiveOn: '2026-11-20', tags: { purpose: 'illness' } });
  expect(await balanceOf(ctx, 'bank:main')).toBe(before + 5_000_000);
  expect(await drawableFrom(ctx, 'restriction:illness:130499101', localDate('2026-11-24'))).toBeGreaterThanOrEqual(5_000_000);
});

test('the form sent twice is one gift; the same line of the statement in another form is refused at its field', async () => {
  const input = transfer();
  const [first, second] = await Promise.all([recordBankGift(ctx, input), recordBankGift(ctx, input)]);
  expect(second?.number).toBe(first?.number);
  expect(await issueOf(recordBankGift(ctx, { ...input, requestKey: 'another-form' }))).toBe('bankSerial bank-serial-taken');
});

test.each([
  { receivedOn: localDate('2026-11-18') },
  { showName: true },
  { donorKind: 'redCross' as const },
  { payerName: '和安县红十字会' },
])('the form sent again with %j says something else, and is told so', async (other) => {
  const input = transfer();
  const gift = await recordBankGift(ctx, input);
  await expect(recordBankGift(ctx, { ...input, ...other })).rejects.toMatchObject({
    code: 'payerName' in other ? 'input.invalid' : 'ledger.conflict',
  });
  expect(await Gift.findById(gift._id).lean()).toMatchObject({ received: { on: '2026-11-20' }, showName: false, donorKind: 'tradeUnion' });
});

test.each`
  fields                             | issue
  ${{ receivedOn: '2027-01-01' }}    | ${'receivedOn in-the-future'}
  ${{ receivedOn: '2025-11-20' }}    | ${'receivedOn arrived-long-ago'}
  ${{ receivedOn: '2025-12-31' }}    | ${'receivedOn before-the-fund'}
  ${{ giftNumber: 'D-2026-999999' }} | ${'giftNumber no-such-gift'}
  ${{ giftNumber: '工会捐款' }}      | ${'giftNumber no-such-gift'}
`('$issue is told at its field', async ({ fields, issue }) => {
  expect(await issueOf(recordBankGift(ctx, transfer(fields)))).toBe(issue);
});

test("a code that is another organisation's is refused at its field; a blank in a name is not another name", async () => {
  await recordBankGift(ctx, transfer());
  expect(await issueOf(recordBankGift(ctx, transfer({ payerName: '和安县妇女联合会' })))).toBe('creditCode credit-code-of-another');
  expect(await recordBankGift(ctx, transfer({ payerName: '和安县 总工会' }))).toMatchObject({ state: { name: 'received' } });
});

const financeDesk = async () => agentOf(county.app, (await samplePerson(ctx, [{ role: 'financeOfficer', scope: '130499' }]))._id, ctx);

test('all that is wrong is told at once, what the fields say and what only the books know', async () => {
  const taken = transfer();
  await recordBankGift(ctx, taken);
  const answer = await submit(await financeDesk(), '/donations/bank-gifts/new', '/donations/bank-gifts', {
    requestKey: 'all-at-once',
    bankSerial: taken.bankSerial,
    receivedOn: '2027-01-01',
    amount: 'viel',
    payerName: '和安县妇女联合会',
    creditCode: '81130434MC0000039T',
    lastDay: '2026-02-30',
  });
  expect(answer.status).toBe(422);
  for (const field of ['bankSerial', 'receivedOn', 'amount', 'creditCode', 'lastDay']) expect(answer.text).toContain(`href="#f-${field}"`);
  const nobody = await submit(await financeDesk(), '/donations/bank-gifts/new', '/donations/bank-gifts', { requestKey: 'nobody-named' });
  for (const field of ['bankSerial', 'receivedOn', 'amount', 'payerName', 'creditCode'])
    expect(nobody.text).toContain(`href="#f-${field}"`);
});

describe('a transfer that was announced on the give page', () => {
  const announced = (requestKey: string) =>
    openGift(
      ctx,
      giveInput.parse({
        requestKey,
        amount: '10000.00',
        giver: 'organisation',
        organisationName: '和安县恒通机械有限公司',
        creditCode: '91130434MA0ABCDE67',
        contactName: '刘芳',
        phone: '13900005821',
        method: 'transfer',
      }),
    );

  test('is found by its number, and is worth what has arrived', async () => {
    const gift = await announced('announced-1');
    expect(gift).toMatchObject({ state: { name: 'awaiting' }, channel: 'bankTransfer' });
    const early = { giftNumber: gift.number, checkedGiver: 'on', receivedOn: '2026-11-10' };
    expect(await issueOf(recordBankGift(ctx, transfer(early)))).toBe('receivedOn before-the-gift');
    const received = await recordBankGift(ctx, transfer({ giftNumber: gift.number.toLowerCase(), checkedGiver: 'on', amount: '9990.00' }));
    expect(received).toMatchObject({ number: gift.number, amountFen: 999_000, state: { name: 'received' } });
    expect(await balanceOf(ctx, giftLot(gift.number))).toBe(999_000);
    expect(await issueOf(recordBankGift(ctx, transfer({ giftNumber: gift.number })))).toBe('giftNumber gift-received');
    const bankSerial = received.received?.proof ?? '';
    const again = (amount: string) => issueOf(recordBankGift(ctx, transfer({ giftNumber: gift.number, bankSerial, amount })));
    expect([await again('9990.00'), await again('20000.00')]).toEqual(['done', 'bankSerial bank-serial-taken']);
  });

  test('is taken back by staff with a reason before it comes; a transfer under its number is booked all the same', async () => {
    const gift = await announced('announced-back');
    const [desk, page] = [await financeDesk(), `/donations/gifts/${gift.number}`];
    expect((await submit(desk, page, '/donations/gifts/D-2026-999999/withdrawals', { reason: '' })).status).toBe(404);
    const unsaid = await submit(desk, page, `${page}/withdrawals`, { reason: '' });
    expect([unsaid.status, unsaid.text.includes('href="#f-reason"')]).toEqual([422, true]);
    expect((await submit(desk, page, `${page}/withdrawals`, { reason: '捐赠人说登记重复了' })).headers['location']).toBe(page);
    expect((await desk.get(page)).text).toContain('已收回');
    const came = await recordBankGift(ctx, transfer({ giftNumber: gift.number, checkedGiver: 'on', amount: '10000.00' }));
    expect(came).toMatchObject({ number: gift.number, state: { name: 'received' } });
    expect(await balanceOf(ctx, giftLot(gift.number))).toBe(1_000_000);
    expect((await submit(desk, page, `${page}/withdrawals`, { reason: '再收一次' })).status).toBe(409);
  });

  test('that was taken back is offered to whoever looks whose money a line of the bank is, and the line books it', async () => {
    const gift = await announced('announced-line');
    await withdrawGiftByLink(ctx, { code: gift.code });
    const t = (await loadTranslator()).in('zh-CN');
    const offered = await giftsToChoose(ctx, t, { q: undefined, amountFen: gift.amountFen });
    expect(offered).toContainEqual(expect.objectContaining({ number: gift.number, isOpen: true, isPaid: false }));
    const line = { giftNumber: gift.number, serial: 'BOC-BACK-1', on: localDate('2026-11-24'), amountFen: gift.amountFen };
    expect(await receiveTransfer(ctx, line)).toMatchObject({ number: gift.number, state: { name: 'received' } });
  });

  test('is booked only when whose gift it is was looked at: a number can be mistyped into another gift', async () => {
    const gift = await announced('announced-3');
    const desk = await financeDesk();
    const line = {
      requestKey: 'looked-at-1',
      bankSerial: 'BOC-LOOK-1',
      receivedOn: '2026-11-20',
      amount: '10000',
      giftNumber: gift.number,
    };
    const asked = await submit(desk, '/donations/bank-gifts/new', '/donations/bank-gifts', line);
    expect(asked.status).toBe(422);
    expect(asked.text).toContain(`${gift.number} 是 和安县恒通机械有限公司 的捐赠，登记时说捐 ¥10,000.00`);
    expect(asked.text).toContain('name="checkedGiver"');
    const booked = await submit(desk, '/donations/bank-gifts/new', '/donations/bank-gifts', { ...line, checkedGiver: 'on' });
    expect((await desk.get(String(booked.headers['location']))).text).toContain(
      '已经入账：<b>和安县恒通机械有限公司</b> 捐的 <b>¥10,000.00</b>',
    );
  });

  test('that a crash left between its two commits is booked by the sweep', async () => {
    const gift = await announced('announced-2');
    await Gift.updateOne({ _id: gift._id }, { transfer: { serial: 'BOC-CRASH', on: '2026-11-23' } });
    county.practice.clock.advance(15 * 60_000);
    expect(await reconcileOpenGifts(ctx, county.giving)).toMatchObject({ paid: 1 });
    expect(await Gift.findById(gift._id).lean()).toMatchObject({ state: { name: 'received' }, received: { proof: 'BOC-CRASH' } });
    expect(await reconcileOpenGifts(ctx, county.giving)).toMatchObject({ paid: 0 });
  });

  test('that cannot be booked keeps no other from it, and is told in the end', async () => {
    const [stuck, other] = [await announced('sweep-over-1'), await announced('sweep-over-2')];
    await Gift.updateOne({ _id: stuck._id }, { openedAt: new Date(0), transfer: { serial: 'BOC-STUCK', on: '2030-01-01' } });
    await Gift.updateOne({ _id: other._id }, { transfer: { serial: 'BOC-OTHER', on: '2026-11-23' } });
    county.practice.clock.advance(15 * 60_000);
    await expect(reconcileOpenGifts(ctx, county.giving)).rejects.toMatchObject({ refusal: 'closedDay' });
    expect(await Gift.findById(other._id).lean()).toMatchObject({ state: { name: 'received' }, received: { proof: 'BOC-OTHER' } });
    await Gift.updateOne({ _id: stuck._id }, { 'transfer.on': '2026-11-23' });
    expect(await reconcileOpenGifts(ctx, county.giving)).toMatchObject({ paid: 1 });
  });
});

test('a sum, a place or a last day that no gift can have is refused at its field, and leaves nothing behind', async () => {
  const before = await Gift.countDocuments({ ledger: ctx.ledger });
  const line = { requestKey: 'no-such-gift', bankSerial: 'BOC-NONE-1', receivedOn: '2026-11-20', payerName: '和安县总工会' };
  const wrong = { amount: '22517998136852.47', place: '110101001', lastDay: '2026-11-19', creditCode: '81130434MC0000039T' };
  const answer = await submit(await financeDesk(), '/donations/bank-gifts/new', '/donations/bank-gifts', { ...line, ...wrong });
  expect(answer.status).toBe(422);
  for (const field of ['amount', 'place', 'lastDay']) expect(answer.text).toContain(`href="#f-${field}"`);
  expect(await Gift.countDocuments({ ledger: ctx.ledger })).toBe(before);
});

test('money with a last day is not drawn after it', async () => {
  const gift = await recordBankGift(ctx, transfer({ purpose: 'schooling', lastDay: '2026-11-24', place: '' }));
  const pool = 'restriction:schooling:2026-11-24';
  expect(await drawableFrom(ctx, pool, localDate('2026-11-24'))).toBe(gift.amountFen);
  expect(await drawableFrom(ctx, pool, localDate('2026-11-25'))).toBe(0);
});

test('in the end every gift adds up (I3, I4)', async () => {
  for (const truth of donationsTruths) expect(await truth.check(ctx)).toEqual([]);
});
