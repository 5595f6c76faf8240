import { readdirSync, readFileSync } from 'node:fs';
import request from 'supertest';
import {
  askVoiding,
  confirmRange,
  confirmVoiding,
  enterRange,
  issueReceipt,
  issueWaitingReceipts,
  openGift,
  receiveGift,
  recordBankGift,
  registerDonor,
  tellOfReceipt,
} from '../../../server/donations';
import { taxFullRelief } from '../../../server/donations/donations.settings';
import { Gift } from '../../../server/donations/gift.model';
import { giveInput } from '../../../server/donations/give.inputs';
import { removeMember } from '../../../server/donations/members/change-member';
import { approveMerge } from '../../../server/donations/merges/decide-merge';
import { proposeMerge } from '../../../server/donations/merges/propose-merge';
import { checkReceipt } from '../../../server/donations/receipts/check-receipt';
import { declineRange } from '../../../server/donations/receipts/enter-range';
import { Receipt } from '../../../server/donations/receipts/receipt.model';
import { ReceiptRange } from '../../../server/donations/receipts/receipt-range.model';
import { receiptsTruth } from '../../../server/donations/receipts/receipts.truths';
import { receiptDesk } from '../../../server/donations/receipts/receipts-desk';
import { taxAdvice } from '../../../server/donations/receipts/tax-advice';
import { resendReceipt } from '../../../server/donations/receipts/tell-of-receipt';
import { refuseVoiding } from '../../../server/donations/receipts/void-receipt';
import { approveRefund, declineRefund } from '../../../server/donations/refunds/approve-refund';
import { askRefund } from '../../../server/donations/refunds/ask-refund';
import { recordRefundTransfer } from '../../../server/donations/refunds/record-refund-transfer';
import { bankGiftInput } from '../../../server/donations/staff.inputs';
import { findActor } from '../../../server/identity';
import type { Context } from '../../../server/kernel/context';
import { divisionCode } from '../../../server/kernel/division-code';
import { AppError } from '../../../server/kernel/errors';
import { addDays, localDate, shanghaiDay } from '../../../server/kernel/local-date';
import { fen } from '../../../server/kernel/money';
import { loadTranslator } from '../../../server/platform/i18n/translator';
import { folderMessenger } from '../../../server/platform/messages/folder-messenger';
import { OutboxEvent } from '../../../server/platform/outbox/outbox-event.model';
import { settingDefinition } from '../../../server/settings/setting-definition';
import { enactSamplesOnce } from '../../support/enacted-samples';
import { pdfPages } from '../../support/pdf-text';
import { agentOf, samplePerson, submit } from '../../support/sign-in';
import { signingCode } from '../../support/signing';
import { useTemporaryFolder } from '../../support/temporary-folder';
import { company, useGivingCounty } from '../giving-county';

const county = useGivingCounty();
const { ctx } = county;
const folder = useTemporaryFolder();
const people: Record<'one' | 'two', { id: string; as: Context }> = {} as never;

beforeAll(async () => {
  const officer = async () => {
    const { _id } = await samplePerson(ctx, [{ role: 'financeOfficer', scope: '130499' }]);
    return { id: _id, as: { ...ctx, actor: await findActor(ctx, _id) } };
  };
  people.one = await officer();
  people.two = await officer();
  const acting = async (role: 'countyAdmin' | 'fundManager') => ({
    ...ctx,
    actor: await findActor(ctx, (await samplePerson(ctx, [{ role, scope: '130499' }]))._id),
  });
  const names = ['receipt.days', 'refund.days', 'tax.enterpriseBp', 'tax.carryYears', 'tax.personBp', taxFullRelief.name];
  const definitions = names.flatMap((name) => settingDefinition(name) ?? []);
  const [proposer, confirmer] = [await acting('countyAdmin'), await acting('fundManager')];
  await enactSamplesOnce({ proposer, confirmer, scope: divisionCode('130499'), sourceDoc: '测试文件', definitions });
});

let ranges = 0;
const typedRange = (fields: Record<string, string> = {}) => {
  ranges += 1;
  const code = `13049901${String(ranges).padStart(2, '0')}`;
  const usual = { requestKey: `range-${String(ranges).padStart(4, '0')}`, code, first: '0000000001', last: '0000000100' };
  return { ...usual, payee: '和安县公益防贫基金', itemCode: '501010', sourceDoc: '领用单（测试）', ...fields };
};
/** A range in use, after those before it are used up: numbers of a test are its own. */
async function rangeInUse(fields: Record<string, string> = {}): Promise<ReceiptRange> {
  await ReceiptRange.updateMany({ ledger: ctx.ledger, 'state.name': 'open' }, { $set: { 'state.name': 'usedUp' } });
  const { _id } = await enterRange(people.one.as, typedRange(fields));
  return confirmRange(people.two.as, { id: _id });
}

let serial = 0;
async function arrived(fields: Record<string, string> = {}): Promise<Gift> {
  serial += 1;
  const input = bankGiftInput.parse({
    requestKey: `receipt-gift-${serial}`,
    bankSerial: `RCT-${serial}`,
    receivedOn: '2026-11-20',
    amount: '10000.00',
    donorKind: 'company',
    payerName: '和安县恒通机械有限公司',
    creditCode: '91130499MA0DEM013U',
    purpose: 'general',
    ...fields,
  });
  return recordBankGift(ctx, input);
}

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? (error.issues[0]?.code ?? error.code) : String(error)),
  );

// No test issues another's, and whatever a test did, the truth holds.
afterEach(() => Gift.updateMany({ ledger: ctx.ledger, 'state.name': 'received' }, { $set: { 'state.name': 'refunded' } }));
afterEach(async () => expect(await receiptsTruth.check(ctx)).toEqual([]));

describe('a range of numbers', () => {
  test('counts when a second finance officer has confirmed it, never the one who entered it', async () => {
    const typed = typedRange();
    const range = await enterRange(people.one.as, typed);
    expect((await enterRange(people.one.as, typed))._id).toBe(range._id); // the form sent twice
    expect(await codeOf(confirmRange(people.one.as, { id: range._id }))).toBe('rule.same-person');
    expect(await codeOf(issueReceipt(ctx, { gift: (await arrived())._id }))).toBe('receipt.no-numbers');
    expect(await confirmRange(people.two.as, { id: range._id })).toMatchObject({ state: { name: 'open' }, next: 1 });
  });

  test('shares no number with another, also when two are entered at one moment; a declined one frees its numbers', async () => {
    const typed = typedRange();
    const both = await Promise.allSettled([
      enterRange(people.one.as, typed),
      enterRange(people.two.as, { ...typed, requestKey: 'range-again', first: '0000000100', last: '0000000200' }),
    ]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await codeOf(enterRange(people.two.as, { ...typed, requestKey: 'range-third' }))).toBe('receipt.range-overlaps');
    const [standing] = await ReceiptRange.find({ ledger: ctx.ledger, code: typed.code }).lean<ReceiptRange[]>();
    await declineRange(people.two.as, { id: standing?._id ?? '', reason: '号码抄错' });
    expect(await codeOf(enterRange(people.two.as, { ...typed, requestKey: 'range-fourth' }))).toBe('done');
  });
});

describe('issuing', () => {
  test('never before arrival, and not for a giver without a name', async () => {
    await rangeInUse();
    const open = await openGift(ctx, giveInput.parse({ requestKey: 'receipt-open-1', ...company, method: 'transfer' }));
    expect(await codeOf(issueReceipt(ctx, { gift: open._id }))).toBe('receipt.not-due');
    const unnamed = { requestKey: 'receipt-anon-1', amount: '100.00', giver: 'anonymous', method: 'transfer' };
    const anonymous = await openGift(ctx, giveInput.parse(unnamed));
    await receiveGift(ctx, anonymous._id, { on: localDate('2026-11-20'), into: 'bankTransfer', proof: 'RCT-ANON' });
    expect(await codeOf(issueReceipt(ctx, { gift: anonymous._id }))).toBe('receipt.not-due');
  });

  test('takes the numbers in order without a gap, however many issue at once, and once per gift', async () => {
    const range = await rangeInUse();
    const gifts = await Promise.all(Array.from({ length: 12 }, () => arrived()));
    const issued = await Promise.all([...gifts, ...gifts].map(({ _id }) => issueReceipt(ctx, { gift: _id })));
    expect(new Set(issued.map(({ _id }) => _id)).size).toBe(12);
    const kept = await Receipt.find({ ledger: ctx.ledger, range: range._id }).sort({ number: 1 }).lean<Receipt[]>();
    expect(kept.map(({ number }) => Number(number))).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
    expect(await ReceiptRange.findById(range._id).lean()).toMatchObject({ next: 13 });
    expect(await Gift.findById(gifts[0]?._id).lean()).toMatchObject({ state: { name: 'receipted' }, receipt: { rank: 1 } });
    expect(kept[0]).toMatchObject({
      amountFen: 1_000_000,
      payerCreditCode: '91130499MA0DEM013U',
      cashier: people.one.id,
      reviewer: people.two.id,
    });
  });

  test('stops when the range is empty, says so, and goes on with the next range where it stopped', async () => {
    await rangeInUse({ last: '0000000002' });
    for (let count = 0; count < 4; count += 1) await arrived();
    expect(await issueWaitingReceipts(ctx)).toEqual({ issued: 2, waiting: 2, isOutOfNumbers: true });
    expect(await receiptDesk(people.one.as)).toMatchObject({ alarm: 'none', waiting: 2, late: 0, numbersLeft: 0 });
    const page = await (await agentOf(county.app, people.one.id, ctx)).get('/donations/receipts');
    expect(page.text).toContain('票据号码用完了，开票已停');
    expect(page.text).not.toContain('action="/donations/receipt-runs"');
    await rangeInUse();
    expect(await issueWaitingReceipts(ctx)).toEqual({ issued: 2, waiting: 0, isOutOfNumbers: false });
  });

  test('shows as late from the day after `receipt.days`', async () => {
    const today = shanghaiDay(ctx.clock.now());
    await arrived({ receivedOn: addDays(today, -7) });
    expect(await receiptDesk(people.one.as)).toMatchObject({ waiting: 1, late: 0, days: 7 });
    await arrived({ receivedOn: addDays(today, -8) });
    expect(await receiptDesk(people.one.as)).toMatchObject({ waiting: 2, late: 1 });
  });
});

describe('voiding', () => {
  const issuedOne = async () => {
    await rangeInUse();
    return issueReceipt(ctx, { gift: (await arrived())._id });
  };
  const onPaper = ({ code, number, checkCode }: Receipt) => ({ code, number, check: checkCode });

  test('needs a second person; the number is kept, and a new receipt bears the right name', async () => {
    const first = await issuedOne();
    await askVoiding(people.one.as, { id: first._id, reason: '名称写错', payerName: '和安县恒通机械制造有限公司' });
    expect(await checkReceipt(ctx, onPaper(first))).toMatchObject({ verdict: 'genuine' }); // until somebody agrees
    expect(await codeOf(confirmVoiding(people.one.as, { id: first._id }))).toBe('rule.same-person');
    const voided = await confirmVoiding(people.two.as, { id: first._id });
    expect(voided).toMatchObject({ state: { name: 'voided', by: people.two.id }, voidReason: '名称写错', voidAskedBy: people.one.id });
    expect((await confirmVoiding(people.two.as, { id: first._id })).replacedBy).toBe(voided.replacedBy); // a second click
    const next = await Receipt.findById(voided.replacedBy).lean<Receipt>();
    expect(next).toMatchObject({
      number: '0000000002',
      payerName: '和安县恒通机械制造有限公司',
      replaces: first._id,
      amountFen: 1_000_000,
    });
    expect(await Gift.findById(first.gift).lean()).toMatchObject({ state: { name: 'receipted' }, receipt: { id: next?._id, rank: 2 } });
    expect(await checkReceipt(ctx, onPaper(first))).toMatchObject({ verdict: 'voided' });
  });

  test('without a number left, the gift waits for its receipt again', async () => {
    await rangeInUse({ last: '0000000001' });
    const only = await issueReceipt(ctx, { gift: (await arrived())._id });
    await askVoiding(people.one.as, { id: only._id, reason: '退回一部分', payerName: undefined });
    expect(await confirmVoiding(people.two.as, { id: only._id })).not.toHaveProperty('replacedBy');
    expect(await Gift.findById(only.gift).lean()).toMatchObject({ state: { name: 'received' } });
    await rangeInUse();
    expect(await issueReceipt(ctx, { gift: only.gift })).toMatchObject({ number: '0000000001', amountFen: 1_000_000 });
  });

  test('that is refused leaves the receipt, and can be asked for again', async () => {
    const receipt = await issuedOne();
    await askVoiding(people.one.as, { id: receipt._id, reason: '再看看', payerName: undefined });
    expect(await codeOf(askVoiding(people.two.as, { id: receipt._id, reason: '我也要', payerName: undefined }))).toBe('state.stale');
    await refuseVoiding(people.two.as, { id: receipt._id });
    expect(await codeOf(confirmVoiding(people.two.as, { id: receipt._id }))).toBe('state.not-allowed');
    await askVoiding(people.one.as, { id: receipt._id, reason: '还是要', payerName: undefined });
    expect(await confirmVoiding(people.two.as, { id: receipt._id })).toMatchObject({ state: { name: 'voided' } });
  });
});

test('the check page says genuine or unknown, and nothing of who gave', async () => {
  await rangeInUse();
  const { code, number, checkCode } = await issueReceipt(ctx, { gift: (await arrived())._id });
  const ask = (check: string) => request(county.app).get('/receipts/verification').query({ code, number, check });
  const genuine = await ask(checkCode.toUpperCase());
  expect(genuine.text).toContain('真票据，有效');
  expect(genuine.text).toContain('¥10,000.00');
  expect(genuine.text).not.toContain('恒通');
  expect((await ask('000000')).text).toContain('查不到这张票据');
  const { body } = await request(county.app).get('/api/v1/receipts/verification').query({ code, number: '0000009999', check: checkCode });
  expect(body).toEqual({ verdict: 'unknown' });
});

test('the paper of a record that became one with another says the name that gave, and no code of another', async () => {
  await rangeInUse();
  const branch = await arrived({ donorKind: 'tradeUnion', payerName: '城关小学工会', withoutCode: 'on', creditCode: '' });
  const county = await arrived({ donorKind: 'tradeUnion', payerName: '和安县教育工会', creditCode: 'N2130434MF0000048D' });
  const into = county.donor ?? '';
  const { _id: id } = await proposeMerge(people.one.as, { id: branch.donor ?? '', into, reason: '同一家', requestKey: 'merge-paper-1' });
  await approveMerge(people.two.as, { id });
  const [first, second] = [await issueReceipt(ctx, { gift: branch._id }), await issueReceipt(ctx, { gift: county._id })];
  expect([first.payerName, first.payerCreditCode]).toEqual(['城关小学工会', undefined]);
  expect([second.payerName, second.payerCreditCode]).toEqual(['和安县教育工会', 'N2130434MF0000048D']);
});

test.each`
  kept                 | words
  ${'du_1QabcDispute'} | ${'付款人的银行在支付机构提出了争议'}
  ${'re_1QabcRefund'}  | ${'支付机构把钱退回了付款人'}
  ${'名称写错'}        | ${'名称写错'}
`('a receipt that was voided for $kept says in words why', async ({ kept, words }) => {
  await rangeInUse();
  const { _id, state } = await issueReceipt(ctx, { gift: (await arrived({ amount: '12.00' }))._id });
  await Receipt.updateOne({ _id }, { state: { ...state, name: 'voided' }, voidReason: kept });
  const { text } = await (await agentOf(county.app, people.one.id, ctx)).get(`/donations/receipts/${_id}`).expect(200);
  await Receipt.updateOne({ _id }, { state, $unset: { voidReason: 1 } });
  expect(text).toContain(words);
  expect(text).not.toMatch(/(?:du|re)_1Q/);
});

test('the paper says all that the law asks for', async () => {
  await rangeInUse();
  const { number, code, checkCode, gift, giftNumber, _id } = await issueReceipt(ctx, { gift: (await arrived({ amount: '16409.02' }))._id });
  const desk = await agentOf(county.app, people.one.id, ctx);
  const file = await desk.get(`/donations/receipts/${_id}/file`).expect(200).expect('content-type', 'application/pdf');
  const [page = '', ...others] = await pdfPages(file.body as Buffer, folder);
  expect(others).toEqual([]);
  const said = page.replaceAll(/\s+/g, '');
  for (const words of [
    '公益事业捐赠统一票据（电子）',
    '监制章',
    `票据代码${code}`,
    `票据号码${number}`,
    `校验码${checkCode}`,
    '交款人和安县恒通机械有限公司',
    '统一社会信用代码91130499MA0DEM013U',
    '501010',
    '货币捐赠·哪里最急用在哪里',
    '16,409.02',
    '人民币壹万陆仟肆佰零玖元零贰分',
    '对公转账',
    '收款单位和安县公益防贫基金（章）',
    '复核人陈*华',
    '收款人陈*华',
    giftNumber,
    '年度利润总额12%',
  ])
    expect(said).toContain(words);
  expect(await Gift.findById(gift).lean()).toMatchObject({ state: { name: 'receipted' } });
});

describe('a donor', () => {
  const password = 'seven warm hearts';
  const member = async (name: string, creditCode: string, mobile: string, key: string) => {
    const donor = await registerDonor(ctx, { requestKey: key, kind: 'company', name, creditCode, contactName: '刘芳', mobile, password });
    return { donor, agent: await agentOf(county.app, donor.registeredBy ?? '', ctx) };
  };

  test('sees, downloads and gets in one file what is its own, and nothing of another', async () => {
    await rangeInUse();
    const own = await member('和安县丰收粮油有限公司', '91130499MA0DEM021N', '13900005822', 'receipt-donor-1');
    const gifts = [
      await arrived({ payerName: own.donor.name, creditCode: own.donor.creditCode ?? '' }),
      await arrived({ payerName: own.donor.name, creditCode: own.donor.creditCode ?? '', amount: '0.50' }),
    ];
    const [first, second] = [
      await issueReceipt(ctx, { gift: gifts[0]?._id ?? '' }),
      await issueReceipt(ctx, { gift: gifts[1]?._id ?? '' }),
    ];
    const foreign = await issueReceipt(ctx, { gift: (await arrived())._id });

    const list = await own.agent.get('/my/receipts').expect(200);
    for (const { number } of [first, second]) expect(list.text).toContain(number);
    expect(list.text).not.toContain(foreign.number);
    expect((await own.agent.get(`/my/gifts/${first.giftNumber}`)).text).toContain(`/my/receipts/${first._id}`);
    expect((await own.agent.get(`/my/receipts/${first._id}`)).text).toContain('年度利润总额 12%');
    for (const path of ['', '/file']) await own.agent.get(`/my/receipts/${foreign._id}${path}`).expect(404);

    const year = await own.agent.get('/my/receipt-files?from=2026-01-01&to=2026-12-31').expect(200);
    const pages = await pdfPages(year.body as Buffer, folder);
    expect(pages.map((page) => page.replaceAll(/\s+/g, '').match(/票据号码(\d+)/)?.[1])).toEqual([first.number, second.number]);
    expect(pages[1]).toContain('人民币伍角');
    const refused = ['from=2025-01-01&to=2025-12-31', 'from=2026-12-31&to=2026-01-01', 'from=2026-01-01', 'from=x&to=y'];
    for (const days of refused) await own.agent.get(`/my/receipt-files?${days}`).expect(422);
    const none = (await own.agent.get(`/my/receipt-files?${refused[0]}`)).text; // no bare error: the page of the receipts, its form kept
    for (const words of ['2025年1月1日 到 2025年12月31日 没有有效票据', first.number, 'value="2025-12-31"']) expect(none).toContain(words);
    const { body } = await own.agent.get('/api/v1/my/receipts');
    expect(body).toMatchObject({ count: 2, sumFen: 1_000_050 });
  });

  test('reads the file behind the link of a message as long as it belongs to the organisation', async () => {
    await rangeInUse();
    const { donor } = await member('和安县长河商贸有限公司', '91130499MA0DEM048E', '13900005848', 'receipt-donor-link');
    const gift = await arrived({ payerName: donor.name, creditCode: donor.creditCode ?? '' });
    const receipt = await issueReceipt(ctx, { gift: gift._id });
    const telling = { messenger: folderMessenger(folder), translator: await loadTranslator(), publicBaseUrl: 'https://hean.example' };
    await tellOfReceipt(ctx, telling, { receiptId: receipt._id, sending: 'issued' });
    const [name = ''] = readdirSync(folder).filter((file) => file.startsWith(`receipt-${receipt._id}`));
    const text = readFileSync(`${folder}/${name}`, 'utf8');
    expect(text).toContain('sms: 13900005848');
    const [, path = ''] = /https:\/\/hean\.example(\/receipts\/files\?link=\S+)/.exec(text) ?? [];
    await request(county.app).get(path).expect(200);

    const owner = await samplePerson(ctx, [{ role: 'donorOwner', scope: donor._id }]);
    await removeMember({ ...ctx, actor: await findActor(ctx, owner._id) }, { id: donor.registeredBy ?? '' });
    await request(county.app).get(path).expect(404);
  });

  test('is told once with a link to the file, and again when somebody asks for it', async () => {
    await rangeInUse();
    const gift = await openGift(
      ctx,
      giveInput.parse({ requestKey: 'receipt-told-1', ...company, giver: 'person', personName: '赵敏', method: 'transfer' }),
    );
    await receiveGift(ctx, gift._id, { on: localDate('2026-11-24'), into: 'bankTransfer', proof: 'RCT-TOLD' });
    const receipt = await issueReceipt(ctx, { gift: gift._id });
    const telling = { messenger: folderMessenger(folder), translator: await loadTranslator(), publicBaseUrl: 'https://hean.example' };
    const owed = () => OutboxEvent.find({ ledger: ctx.ledger, topic: 'receipt.toSend', 'payload.receiptId': receipt._id }).lean();
    expect((await owed()).map(({ payload }) => payload)).toEqual([{ receiptId: receipt._id, sending: 'issued' }]);
    for (let times = 0; times < 2; times += 1) await tellOfReceipt(ctx, telling, { receiptId: receipt._id, sending: 'issued' });
    const messages = () => readdirSync(folder).filter((name) => name.startsWith(`receipt-${receipt._id}`));
    expect(messages()).toHaveLength(1);
    const text = readFileSync(`${folder}/${messages()[0]}`, 'utf8');
    expect(text).toContain(`sms: 13900005821`);
    const [, path = ''] = /https:\/\/hean\.example(\/receipts\/files\?link=\S+)/.exec(text) ?? [];
    const [page = ''] = await pdfPages((await request(county.app).get(path).expect(200)).body as Buffer, folder);
    expect(page).toContain('赵敏'); // his own paper says his name in full
    for (const wrong of [`${path}x`, '/receipts/files']) await request(county.app).get(wrong).expect(404);
    expect(county.log.join('')).not.toContain(path.split('=')[1]); // a log is no place for keys

    for (let times = 0; times < 2; times += 1) await resendReceipt(people.one.as, { id: receipt._id, requestKey: 'resend-0001' });
    expect(await owed()).toHaveLength(2);
    const page2 = await (await agentOf(county.app, people.one.id, ctx)).get(`/donations/receipts/${receipt._id}`);
    expect(page2.text).toContain('赵*');
    expect(page2.text).not.toContain('赵敏');
    expect(
      await codeOf(
        resendReceipt(people.one.as, {
          id: (
            await issueReceipt(ctx, {
              gift: (await arrived({ creditCode: '81130434MC0000039T', payerName: '和安县总工会', donorKind: 'tradeUnion' }))._id,
            })
          )._id,
          requestKey: 'resend-0002',
        }),
      ),
    ).toBe('receipt.nobody-to-tell');
  });
});

test('the acts are forms and JSON alike: a finance officer issues, the second confirms', async () => {
  const [one, two] = [await agentOf(county.app, people.one.id, ctx), await agentOf(county.app, people.two.id, ctx)];
  const typed = typedRange();
  expect((await submit(one, '/donations/receipt-ranges', '/donations/receipt-ranges', { ...typed, last: '1' })).status).toBe(422);
  await ReceiptRange.updateMany({ ledger: ctx.ledger, 'state.name': 'open' }, { $set: { 'state.name': 'usedUp' } });
  expect((await submit(one, '/donations/receipt-ranges', '/donations/receipt-ranges', typed)).status).toBe(303);
  const range = await ReceiptRange.findOne({ ledger: ctx.ledger, code: typed.code }).lean<ReceiptRange>();
  const confirm = `/donations/receipt-ranges/${range?._id}/confirmations`;
  expect((await submit(one, '/donations/receipt-ranges', confirm, {})).status).toBe(409);
  expect((await submit(two, '/donations/receipt-ranges', confirm, {})).status).toBe(303);
  const gift = await arrived();
  const issued = await submit(one, '/donations/receipts', '/api/v1/donations/receipts', { gift: gift._id });
  expect(issued.body).toMatchObject({ gift: gift.number, amountFen: 1_000_000, number: '0000000001', state: 'issued' });
  expect((await one.get(`/donations/gifts/${gift.number}`)).text).toContain('0000000001');
  expect((await one.get('/api/v1/donations/receipts?view=issued&q=0000000001')).body.receipts[0]).toMatchObject({ number: '0000000001' });
});

describe('a refund of a gift that has its receipt', () => {
  const asked = async (gift: Gift, amount = fen(2_000_00)) =>
    askRefund(people.one.as, { requestKey: `refund-${gift.number}`, number: gift.number, amount, reason: 'duplicate', note: '两次转账' });
  let manager: Context;
  beforeAll(async () => {
    const { _id } = await samplePerson(ctx, [{ role: 'fundManager', scope: '130499' }]);
    manager = { ...ctx, actor: await findActor(ctx, _id) };
  });
  const approved = async ({ _id }: { _id: string }) => approveRefund(manager, undefined, { id: _id, code: await signingCode(manager) });

  test('voids it by two, and the rest gets the next one when the money has gone', async () => {
    await rangeInUse();
    const gift = await arrived();
    const first = await issueReceipt(ctx, { gift: gift._id });
    const refund = await asked(gift);
    expect((await Receipt.findById(first._id).lean())?.state.name).toBe('issued'); // asked is not decided
    await approved(refund);
    expect(await Receipt.findById(first._id).lean()).toMatchObject({
      state: { name: 'voided', by: manager.actor.id },
      voidAskedBy: people.one.id,
      voidReason: refund.number,
    });
    expect(await codeOf(issueReceipt(ctx, { gift: gift._id }))).toBe('receipt.not-due'); // the money is on its way back
    await recordRefundTransfer(people.one.as, { id: refund._id, bankSerial: `BACK-${serial}` });
    expect(await issueReceipt(ctx, { gift: gift._id })).toMatchObject({ amountFen: 8_000_00, number: '0000000002' });
  });

  test('that is declined leaves it as it is', async () => {
    await rangeInUse();
    const gift = await arrived();
    const first = await issueReceipt(ctx, { gift: gift._id });
    await declineRefund(manager, { id: (await asked(gift))._id, reason: '没有重复' });
    expect((await Gift.findById(gift._id).lean())?.state.name).toBe('receipted');
    expect((await issueReceipt(ctx, { gift: gift._id }))._id).toBe(first._id);
  });
});

test.each`
  day             | words
  ${'2025-12-31'} | ${'全额扣除'}
  ${'2026-01-01'} | ${'年度利润总额 12%'}
`('a company that gave on $day reads: $words', async ({ day, words }) => {
  const t = (await loadTranslator()).in('zh-CN');
  expect(await taxAdvice(ctx, t, { donorKind: 'company', day: localDate(day) })).toContain(words);
  const gift = await arrived();
  await Gift.updateOne({ _id: gift._id }, { $set: { 'received.on': day } }); // the county of the tests takes no gifts before 2026
  expect((await request(county.app).get(`/gifts/${gift.code}`)).text).toContain(words);
});

test('a gap, a receipt before its money and a receipted gift without a receipt are found', async () => {
  const range = await rangeInUse();
  const receipts = [await issueReceipt(ctx, { gift: (await arrived())._id }), await issueReceipt(ctx, { gift: (await arrived())._id })];
  const [first, second] = receipts;
  await Receipt.collection.deleteOne({ _id: first?._id as never });
  await Receipt.updateOne({ _id: second?._id ?? '' }, { $set: { issuedAt: new Date(0) } });
  expect((await receiptsTruth.check(ctx)).map(({ what, where }) => `${where}: ${what}`)).toEqual([
    `${range.code}: expected 0000000001, found 0000000002`,
    `${range.code}: 1 receipts, 2 numbers taken`,
    `${range.code} 0000000002: issued before its money arrived`,
    `${first?.giftNumber}: 0 receipts that count`,
  ]);
  await Receipt.collection.insertOne(first as never);
  await Receipt.updateOne({ _id: second?._id ?? '' }, { $set: { issuedAt: ctx.clock.now() } });
});

test.each`
  fields                                              | what
  ${{ returnedFen: 1 }}                               | ${'says 1000000, kept 999999'}
  ${{ 'state.name': 'refunded' }}                     | ${'counts, its gift is refunded'}
  ${{ 'state.name': 'chargedBack' }}                  | ${'counts, its gift is chargedBack'}
  ${{ 'state.name': 'received', 'receipt.id': 'no' }} | ${'counts beside a later one'}
`('a receipt that is not true of its gift is found: $what', async ({ fields, what }) => {
  await rangeInUse();
  const { code, number, gift } = await issueReceipt(ctx, { gift: (await arrived())._id });
  const before = await Gift.findById(gift).lean<Gift>();
  await Gift.updateOne({ _id: gift }, { $set: fields });
  expect(await receiptsTruth.check(ctx)).toEqual([{ truth: 'DO1', what, where: `${code} ${number}` }]);
  await Gift.replaceOne({ _id: gift }, before as Gift);
});
