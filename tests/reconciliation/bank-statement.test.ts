import type TestAgent from 'supertest/lib/agent';
import { donationsTruths, holdMovements, openGift, recordBankGift } from '../../server/donations';
import { takeCashInput } from '../../server/donations/counter/counter.inputs';
import { depositCash } from '../../server/donations/counter/deposit-cash';
import { openCounter } from '../../server/donations/counter/open-counter';
import { takeCash } from '../../server/donations/counter/take-cash';
import { giftReceived } from '../../server/donations/donations.accounts';
import { Gift } from '../../server/donations/gift.model';
import { giveInput } from '../../server/donations/give.inputs';
import { ProviderMessage } from '../../server/donations/inbox.model';
import { payoutArrived, providerExchange, uncoveredFees } from '../../server/donations/provider-money/provider-money.accounts';
import { ProviderPayout } from '../../server/donations/provider-money/provider-payout.model';
import { approveRefund } from '../../server/donations/refunds/approve-refund';
import { askRefund } from '../../server/donations/refunds/ask-refund';
import { recordRefundTransfer } from '../../server/donations/refunds/record-refund-transfer';
import { bankGiftInput } from '../../server/donations/staff.inputs';
import { mainBank, restrictionPool } from '../../server/funds';
import { Income } from '../../server/funds/incomes/income.model';
import { addDays, localDate } from '../../server/kernel/local-date';
import { fen } from '../../server/kernel/money';
import { fenToYuanText } from '../../server/kernel/money-text';
import { balanceOf, credit, debit, drawableFrom, findAccountsOfClass, findEntryByKey, post } from '../../server/ledger';
import { accountOf, PaymentLine } from '../../server/payments/payment-line.model';
import { decryptField } from '../../server/platform/crypto/encrypt-field';
import { idOfFact } from '../../server/platform/crypto/id-of-request';
import { transact } from '../../server/platform/mongo/transact';
import { closeFigures, importStatement, matchOpenLines, reconciliationTruths, signDay } from '../../server/reconciliation';
import { closesAlone } from '../../server/reconciliation/close/sign-day';
import { bookFee } from '../../server/reconciliation/queue/book-fee';
import { ignoreLine, makeGiftOfLine, matchDeposit, matchEntry, matchGift, reopenLine } from '../../server/reconciliation/queue/decide-line';
import { makeIncomeOfLine } from '../../server/reconciliation/queue/make-income-of-line';
import { giftOfLineInput, incomeOfLineInput } from '../../server/reconciliation/reconciliation.inputs';
import { StatementFile } from '../../server/reconciliation/statements/bank-statement.model';
import { StatementLine } from '../../server/reconciliation/statements/statement-line.model';
import { useCountyApp } from '../support/county-app';
import { submit, tokenOn } from '../support/sign-in';

const county = useCountyApp();
const { ctx } = county;
const today = localDate('2026-11-24');
const head = '交易日期,交易流水号,收入金额,支出金额,对方户名,对方账号,附言';

let cashier: TestAgent;
beforeAll(async () => {
  cashier = await county.agentOf('finance-1');
});

let counter = 0;
/** Somebody announces a transfer. */
async function announce(yuan: string): Promise<Gift> {
  counter += 1;
  return openGift(
    ctx,
    giveInput.parse({
      requestKey: `announced-${counter}`,
      amount: yuan,
      giver: 'person',
      personName: '刘芳',
      phone: '13900005821',
      method: 'transfer',
    }),
  );
}

/** Brings a file as a browser does, says yes to the import, and lets the job do it. */
async function bring(rows: readonly string[]): Promise<string> {
  const csrf = await tokenOn(cashier, '/reconciliation/statements');
  const bytes = Buffer.from([head, ...rows].join('\n'));
  const answer = await cashier.post('/reconciliation/statements').field('_csrf', csrf).attach('file', bytes, '流水.csv').expect(303);
  const page = answer.headers['location'] ?? '';
  expect((await cashier.get(page).expect(200)).text).toContain('流水.csv');
  await cashier
    .post(`${page}/imports`)
    .type('form')
    .send({ _csrf: await tokenOn(cashier, page) });
  const statementId = page.split('/').at(-1) ?? '';
  await importStatement(ctx, { statementId });
  return statementId;
}

const lineOf = async (serial: string) => {
  const line = await StatementLine.findOne({ ledger: ctx.ledger, serial }).lean<StatementLine>();
  if (!line) throw new Error(`no line ${serial}`);
  return line;
};
const stateOf = async (serial: string) => {
  const { state, hint, match } = await lineOf(serial);
  return [state.name, match?.gift ?? hint?.code].filter(Boolean).join(' ');
};
const giftNow = async ({ number }: Gift) => (await Gift.findOne({ ledger: ctx.ledger, number }).lean<Gift>()) as Gift;
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: { code?: string; issues?: { code: string }[] }) => error.issues?.[0]?.code ?? error.code ?? String(error),
  );
const sumLots = async (className: string) =>
  (await findAccountsOfClass(ctx, className, undefined, 10_000)).reduce((sum, { balance }) => sum + balance, 0);
const officer = () => ({ ...ctx, actor: county.stage.as('finance-1').actor });

test('lines with our number and the exact sum are booked, what a person has booked and what was paid out is matched, the rest waits', async () => {
  const [exact, part] = [await announce('800.00'), await announce('5000.00')];
  const paid = (await PaymentLine.findOne({ ledger: ctx.ledger, 'state.name': 'paid' }).lean<PaymentLine>()) as PaymentLine;
  const paidOn = (await findEntryByKey(ctx, `payment:${paid._id}:paid`))?.effectiveOn ?? today;
  const byHand = (await Gift.findOne({ ledger: ctx.ledger, 'received.proof': /9001$/ }).lean<Gift>()) as Gift;
  const before = await balanceOf(ctx, mainBank);
  const rows = [
    `2026-11-20,BANK0001,800.00,,刘芳,,捐款 ${exact.number.toLowerCase()}`,
    `2026-11-20,BANK0002,3000.00,,刘芳,,${part.number}`,
    `${byHand.received?.on},${byHand.received?.proof},${fenToYuanText(byHand.amountFen)},,和安县恒通机械有限公司,,`,
    `${addDays(paidOn, -1)},BANK0003,,${fenToYuanText(paid.amountFen as Gift['amountFen'])},户主,${accountOf(paid)},补差`,
    '2026-11-21,BANK0004,120.00,,和安县总工会,,捐款',
    '2026-11-21,BANK0005,,15.00,银行,,账户管理费',
    '2026-11-21,BA,1.00,,,,坏行',
  ];
  const statement = await bring(rows);
  expect(await Promise.all(['BANK0001', 'BANK0002', 'BANK0003', 'BANK0004', 'BANK0005'].map(stateOf))).toEqual([
    `matched ${exact.number}`,
    'open sum-differs',
    'matched',
    'open',
    'open',
  ]);
  expect(await stateOf(byHand.received?.proof ?? '')).toBe(`matched ${byHand.number}`);
  expect((await lineOf('BANK0003')).match?.entries).toEqual([`payment:${paid._id}:paid`]);
  expect(await giftNow(exact)).toMatchObject({ received: { on: '2026-11-20', proof: 'BANK0001' }, state: { name: 'received' } });
  expect(await balanceOf(ctx, mainBank)).toBe(before + 800_00);

  await importStatement(ctx, { statementId: statement }); // the job came twice
  expect(await bring([...rows, '2026-11-21,BANK0006,1.00,,某某,,'])).not.toBe(statement);
  expect(await StatementLine.countDocuments({ ledger: ctx.ledger, serial: 'BANK0001' })).toBe(1);
  expect(await balanceOf(ctx, mainBank)).toBe(before + 800_00);
});

test('the same file again leads to the same statement, and a file that is none is refused at its field', async () => {
  const rows = ['2026-11-22,SAME0001,1.00,,某某,,'];
  expect(await bring(rows)).toBe(await bring(rows));
  const csrf = await tokenOn(cashier, '/reconciliation/statements');
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]);
  const wordsFor = async (bytes: Buffer, fileName: string, language = 'zh-CN') => {
    const sent = cashier.post(`/reconciliation/statements?lang=${language}`).field('_csrf', csrf);
    const { text } = await sent.attach('file', bytes, fileName).expect(422);
    return /<p class="error">.*?<span>(.*?)<\/span>/s.exec(text)?.[1];
  };
  expect(await wordsFor(Buffer.from('姓名,年龄\n张三,40'), 'x.csv')).toContain('找不到流水号、日期和金额的列名');
  const noLine = (rows: string[]) => wordsFor(Buffer.from([head, ...rows].join('\n')), 'x.csv');
  expect(await noLine(['昨天,FAULT001,1.00,,某某,,', '2026-11-22,坏,1.00,,某某,,'])).toContain('2 行有错');
  expect(await noLine(['昨天,FAULT001,1.00,,某某,,'])).toContain('第 2 行的“交易日期”写的是“昨天”');
  expect(await noLine(['2026-11-22,FAULT001,,,某某,,'])).toContain('第 2 行的“收入金额”是空的');
  expect(await noLine([])).toContain('只有列名');
  const mixed = Buffer.from([head, '2026-11-22,FAULT002,1.00,,某某,,', '2026-11-22,FAULT003,一元,,某某,,'].join('\n'));
  const brought = await cashier.post('/reconciliation/statements').field('_csrf', csrf).attach('file', mixed, '有错.csv').expect(303);
  expect((await cashier.get(brought.headers['location'] ?? '')).text).toMatch(/>3<\/td><td>金额读不懂<\/td><td>收入金额<\/td><td>一元</);
  expect(await wordsFor(Buffer.alloc(0), 'x.csv')).toContain('文件是空的');
  expect(await wordsFor(Buffer.alloc(0), 'x.csv', 'en')).toContain('The file is empty');
  expect(await wordsFor(png, 'x.csv')).toContain('这是一张图片，不是表格');
  expect(await wordsFor(png, 'x.png', 'en')).toContain('This is a picture, not a table');
  await cashier.get('/reconciliation/statements?lang=zh-CN').expect(200);
});

test('a gift that comes in parts: the first part is booked on it, the rest is a further gift of the same giver', async () => {
  const gift = await announce('5000.00');
  await bring([`2026-11-20,PART0001,3000.00,,刘芳,,${gift.number}`, `2026-11-21,PART0002,2000.00,,刘芳,,${gift.number}`]);
  await matchGift(officer(), { id: (await lineOf('PART0001'))._id, gift: gift.number });
  expect(await giftNow(gift)).toMatchObject({ amountFen: 3_000_00, received: { proof: 'PART0001' } });
  await Promise.all([1, 2].map(async () => matchGift(officer(), { id: (await lineOf('PART0002'))._id, gift: gift.number }).catch(() => 0)));
  const further = await Gift.find({ ledger: ctx.ledger, 'received.proof': 'PART0002' }).lean<Gift[]>();
  expect(further).toMatchObject([{ amountFen: 2_000_00, state: { name: 'received' }, restriction: gift.restriction }]);
  expect(await stateOf('PART0002')).toBe(`matched ${further[0]?.number}`);
  for (const truth of donationsTruths) expect(await truth.check(ctx)).toEqual([]);
});

test('a new gift of a line bears its serial number: the form of bank gifts cannot book it again', async () => {
  await bring(['2026-11-20,MAKE0001,260.00,,和安县总工会,,工会捐款']);
  const { _id: id } = await lineOf('MAKE0001');
  const said = { requestKey: 'made-of-a-line', donorKind: 'tradeUnion', payerName: '和安县总工会', creditCode: '81130434MC0000039T' };
  const page = `/reconciliation/lines/${id}`;
  const _csrf = await tokenOn(cashier, page);
  expect((await cashier.post(`${page}/gifts`).type('form').send({ _csrf, requestKey: 'made-of-a-line' }).expect(422)).text).toContain(
    '请填',
  );
  await cashier
    .post(`${page}/gifts`)
    .type('form')
    .send({ _csrf, ...said })
    .expect(303);
  const made = await Gift.find({ ledger: ctx.ledger, 'received.proof': 'MAKE0001' }).lean<Gift[]>();
  expect(made).toMatchObject([{ amountFen: 260_00, payerName: '和安县总工会', received: { on: '2026-11-20' } }]);
  await makeGiftOfLine(officer(), giftOfLineInput.parse({ id, ...said, requestKey: 'made-once-more' }));
  expect(await Gift.countDocuments({ ledger: ctx.ledger, 'received.proof': 'MAKE0001' })).toBe(1);
  expect((await cashier.get(page)).text).toContain(made[0]?.number);
});

test('a transfer of a person, of one who gives no name and of a branch without a code are gifts as well; the name is taken from the line', async () => {
  await bring(['2026-11-20,PERSON01,260.00,,王小芳,,捐款', '2026-11-20,NOBODY01,90.00,,,,', '2026-11-20,BRANCH01,70.00,,柳河村妇联,,']);
  const make = async (serial: string, said: object) => {
    const page = `/reconciliation/lines/${(await lineOf(serial))._id}`;
    const _csrf = await tokenOn(cashier, page);
    const answer = await cashier
      .post(`${page}/gifts`)
      .type('form')
      .send({ _csrf, requestKey: `make-${serial}`, ...said });
    return answer.status === 303 ? ((await Gift.findOne({ ledger: ctx.ledger, 'received.proof': serial }).lean<Gift>()) as Gift) : answer;
  };
  const form = (await cashier.get(`/reconciliation/lines/${(await lineOf('PERSON01'))._id}`)).text;
  expect(form).toMatch(/<option value="person" selected/); // what stands masked is not offered as a name
  expect(form).not.toContain('value="王*芳"');
  const ofPerson = (await make('PERSON01', { donorKind: 'person', payerName: '', phone: '13900005821', showName: 'on' })) as Gift;
  expect(ofPerson).toMatchObject({ amountFen: 260_00, donorKind: 'person', showName: false, state: { name: 'received' } });
  expect(decryptField(ofPerson.payerSealed ?? '', `gift/${ofPerson._id}/payerName`)).toBe('王小芳');
  expect(JSON.stringify([ofPerson, await findEntryByKey(ctx, `gift:${ofPerson._id}:opened`)])).not.toContain('王小芳');
  expect(await make('NOBODY01', { donorKind: 'person' })).toMatchObject({ status: 422 }); // the line names nobody
  expect(await make('NOBODY01', { donorKind: 'anonymous' })).toMatchObject({ amountFen: 90_00, donorKind: 'anonymous' });
  expect(await make('BRANCH01', { donorKind: 'womensFederation', payerName: '柳河村妇联' })).toMatchObject({ status: 422 });
  const ofBranch = await make('BRANCH01', { donorKind: 'womensFederation', payerName: '柳河村妇联', withoutCode: 'on' });
  expect(ofBranch).toMatchObject({ amountFen: 70_00, donorKind: 'womensFederation', payerName: '柳河村妇联' });
});

test('the form of bank gifts takes a person and one who gives no name', async () => {
  const page = '/donations/bank-gifts/new';
  const typed = { receivedOn: '2026-11-21', amount: '15.00', purpose: 'general' };
  const send = async (said: object) =>
    cashier
      .post('/donations/bank-gifts')
      .type('form')
      .send({ _csrf: await tokenOn(cashier, page), ...typed, ...said });
  const ofPerson = { requestKey: 'form-of-person', bankSerial: 'FORM0001', donorKind: 'person' };
  expect((await send(ofPerson)).text).toContain('请填');
  const recorded = await send({ ...ofPerson, payerName: '王小芳' });
  expect((await cashier.get(recorded.headers['location'] ?? '')).text).toContain('王*芳');
  expect((await send({ ...ofPerson, payerName: '李大明' })).status).toBe(409); // the same form, another giver
  expect((await send({ requestKey: 'form-of-nobody', bankSerial: 'FORM0002', donorKind: 'anonymous' })).status).toBe(303);
  expect(await Gift.find({ ledger: ctx.ledger, 'received.proof': /^FORM000/ }, { _id: 0, donorKind: 1 }).lean()).toHaveLength(2);
});

test('a line is put aside with its reason, taken up again, and matched to an entry of its sum that a person chooses, once', async () => {
  await bring(['2026-11-20,ASIDE001,,33.00,某公司,,', '2026-11-20,ASIDE002,,44.00,某公司,,冲正']);
  const { _id: id } = await lineOf('ASIDE002');
  await ignoreLine(officer(), { id, reason: '银行自己冲正了' });
  expect(await stateOf('ASIDE002')).toBe('ignored');
  expect(await codeOf(matchEntry(officer(), { id, entry: 1 }))).toBe('state.not-allowed');
  await reopenLine(officer(), { id });
  expect(await codeOf(matchEntry(officer(), { id, entry: 1 }))).toBe('state.stale'); // no entry of this sum
  expect(await codeOf(matchGift(officer(), { id, gift: 'D-2026-000001' }))).toBe('state.not-allowed'); // money that went out
});

test('of two entries of one sum a person chooses which a line is; each entry is one line’s, and one that is taken is offered to no other', async () => {
  const booked = async (key: string, amountFen: number) => {
    const legs = [debit(mainBank, amountFen), credit(providerExchange, amountFen)];
    return (await post(ctx, { key, kind: payoutArrived, source: { type: 'providerPayout', id: key }, legs })).seq ?? 0;
  };
  const [one, two, other] = [await booked('twin:1', 61_07), await booked('twin:2', 61_07), await booked('twin:3', 61_08)];
  await bring(['2026-11-24,TWIN0001,61.07,,支付平台,,', '2026-11-24,TWIN0002,61.07,,支付平台,,', '2026-11-24,TWIN0003,61.07,,支付平台,,']);
  expect(await stateOf('TWIN0001')).toBe('open several-entries');
  const ids = await Promise.all(['TWIN0001', 'TWIN0002', 'TWIN0003'].map(async (serial) => (await lineOf(serial))._id));
  const [first = '', second = '', third = ''] = ids;
  expect(await codeOf(matchEntry(officer(), { id: first, entry: other }))).toBe('state.stale'); // another sum
  expect(await codeOf(matchEntry(officer(), { id: first, entry: two }))).toBe('done');
  expect((await lineOf('TWIN0001')).match).toEqual({ how: 'hand', entries: ['twin:2'] });
  expect(await codeOf(matchEntry(officer(), { id: second, entry: two }))).toBe('state.stale'); // that is the first line’s
  const both = await Promise.all([second, third].map((id) => codeOf(matchEntry(officer(), { id, entry: one }))));
  expect(both.sort()).toEqual(['done', 'state.stale']);
  expect(await StatementLine.countDocuments({ ledger: ctx.ledger, serial: /^TWIN/, 'state.name': 'matched' })).toBe(2);
});

test('cash that the counter brought to the bank: its paper in the remark is enough, else a person says so; it arrives once', async () => {
  const counter = await openCounter(ctx, { name: '一楼窗口', code: 'QDA' });
  const slip = { requestKey: 'queue-cash-1', counter: counter._id, amount: '900.00', giver: 'person', payerName: '王秀英' };
  await takeCash(officer(), takeCashInput.parse(slip));
  const brought = (paper: string, yuan: number) =>
    depositCash(officer(), { requestKey: `deposit-${paper}`, counter: counter._id, amount: fen(yuan * 100), paper });
  const [named, byHand] = [await brought('JKD70001', 300), await brought('JKD70002', 500)];
  await bring([
    '2026-11-24,DEPO0001,300.00,,和安县慈善总会,,现金缴存 JKD70001',
    '2026-11-24,DEPO0002,500.00,,和安县慈善总会,,现金存款',
    '2026-11-24,DEPO0003,499.00,,和安县慈善总会,,现金存款',
  ]);
  expect((await lineOf('DEPO0001')).match?.entries).toEqual([`cashDeposit:${named._id}:arrived`]);
  const [id, wrong] = [(await lineOf('DEPO0002'))._id, (await lineOf('DEPO0003'))._id];
  const before = await balanceOf(ctx, mainBank);
  expect(await codeOf(matchDeposit(officer(), { id: wrong, deposit: byHand._id }))).toBe('not-a-choice'); // another sum
  expect(await codeOf(matchDeposit(officer(), { id, deposit: byHand._id }))).toBe('done');
  expect(await codeOf(matchDeposit(officer(), { id, deposit: byHand._id }))).toBe('done'); // a second click
  expect(await balanceOf(ctx, mainBank)).toBe(before + 500_00);
  expect((await lineOf('DEPO0002')).match?.entries).toEqual([`cashDeposit:${byHand._id}:arrived`]);
});

test('two lines of one file that name the same gift: the first pays it, the second is told as a double transfer', async () => {
  const gift = await announce('640.00');
  await bring([`2026-11-20,TWICE001,640.00,,刘芳,,${gift.number}`, `2026-11-20,TWICE002,640.00,,刘芳,,${gift.number}`]);
  const states = [await stateOf('TWICE001'), await stateOf('TWICE002')];
  expect(states.sort()).toEqual([`matched ${gift.number}`, 'open paid-before']);
  const { received } = await giftNow(gift);
  const twice = received?.proof === 'TWICE001' ? 'TWICE002' : 'TWICE001';
  expect(await codeOf(matchGift(officer(), { id: (await lineOf(twice))._id, gift: gift.number }))).toBe('done');
  expect(await Gift.countDocuments({ ledger: ctx.ledger, 'received.proof': /^TWICE/ })).toBe(2); // the second is a further gift
});

test('a fee of the bank is booked from its line: running costs pay what they can, the rest stays open, and no gift is drawn', async () => {
  await bring([
    '2026-11-24,FEEA0001,,15.00,银行,,账户管理费',
    '2026-11-24,FEEA0002,,500.01,银行,,手续费',
    '2026-11-24,FEEA0003,3.20,,银行,,手续费退回',
  ]);
  const [id, large, came] = await Promise.all(['FEEA0001', 'FEEA0002', 'FEEA0003'].map(async (serial) => (await lineOf(serial))._id));
  const [bankBefore, standsBefore] = [await balanceOf(ctx, mainBank), await balanceOf(ctx, uncoveredFees)];
  const freeBefore = await drawableFrom(ctx, restrictionPool({ purpose: 'operating' }), today);
  const gifts = await sumLots('gift');
  expect(await codeOf(bookFee(officer(), { id: large ?? '', fee: 'transfers' }))).toBe('reconciliation.fee-too-large');
  expect(await codeOf(bookFee(officer(), { id: came ?? '', fee: 'transfers' }))).toBe('state.not-allowed'); // money that came in is no fee
  const page = `/reconciliation/lines/${id}`;
  expect((await cashier.get(page)).text).toContain('是银行收的费用吗');
  expect((await submit(cashier, page, `${page}/fees`, { fee: '' })).status).toBe(422);
  const both = await Promise.all([1, 2].map(() => codeOf(bookFee(officer(), { id: id ?? '', fee: 'account' }))));
  expect(both.filter((code) => code !== 'done' && code !== 'state.stale')).toEqual([]);
  expect((await submit(cashier, page, `${page}/ignores`, { reason: '不用记' })).status).toBe(409); // it is decided
  const { state, match } = await lineOf('FEEA0001');
  expect([state.name, match]).toEqual(['matched', { how: 'hand', entries: [`bankLine:${id}:fee`], fee: 'account' }]);
  expect(await balanceOf(ctx, mainBank)).toBe(bankBefore - 15_00);
  const paid = Math.min(freeBefore, standsBefore + 15_00);
  expect(await balanceOf(ctx, uncoveredFees)).toBe(standsBefore + 15_00 - paid);
  expect(await drawableFrom(ctx, restrictionPool({ purpose: 'operating' }), today)).toBe(freeBefore - paid);
  expect(await sumLots('gift')).toBe(gifts - paid); // none but those given for running costs
  expect((await cashier.get(page)).text).toContain('账户管理费');
  for (const truth of [...reconciliationTruths, ...donationsTruths]) expect(await truth.check(ctx)).toEqual([]);
});

test('a line that is an approved refund is no fee, and a fee is no refund: what went out once is booked once', async () => {
  const giver = { payerName: '和安县总工会', creditCode: '81130434MC0000039T', donorKind: 'tradeUnion' };
  const line = { requestKey: 'refund-or-fee', bankSerial: 'RFEE0001', receivedOn: '2026-11-24', amount: '500.00' };
  const gift = await recordBankGift(officer(), bankGiftInput.parse({ ...line, ...giver }));
  const asked = { number: gift.number, amount: fen(300_00), reason: 'mistake' as const, note: '核对过' };
  await bring(['2026-11-24,RFEE0002,,300.00,和安县总工会,,退款', '2026-11-24,RFEE0003,,300.00,和安县总工会,,退款']);
  const [one, two] = [(await lineOf('RFEE0002'))._id, (await lineOf('RFEE0003'))._id];
  await bookFee(officer(), { id: one, fee: 'other' }); // taken for a fee before anybody asked for the refund
  const { _id: id } = await askRefund(officer(), { requestKey: 'refund-or-fee-1', ...asked });
  const chief = { ...ctx, actor: county.stage.as('manager-1').actor };
  await approveRefund(chief, undefined, { id, code: await county.stage.signingCode('manager-1') });
  expect(await codeOf(bookFee(officer(), { id: two, fee: 'other' }))).toBe('reconciliation.fee-is-refund');
  const before = await balanceOf(ctx, mainBank);
  expect(await codeOf(recordRefundTransfer(officer(), { id, bankSerial: 'RFEE0002' }))).toBe('bank-serial-taken');
  expect(await codeOf(recordRefundTransfer(officer(), { id, bankSerial: 'RFEE0003' }))).toBe('done');
  expect(await balanceOf(ctx, mainBank)).toBe(before - 300_00);
  expect(await codeOf(bookFee(officer(), { id: two, fee: 'other' }))).toBe('state.stale');
});

test('money that is no gift is booked from its line with its ground, once', async () => {
  await bring(['2026-11-24,INTR0001,88.66,,农商银行,,利息', '2026-11-24,INTR0002,,1.00,农商银行,,利息']);
  const [id, out] = await Promise.all(['INTR0001', 'INTR0002'].map(async (serial) => (await lineOf(serial))._id));
  const page = `/reconciliation/lines/${id}`;
  const said = { requestKey: 'interest-of-line', source: 'interest', document: '结息单 4 号', legalBasis: '存款协议', purpose: 'general' };
  const before = await balanceOf(ctx, mainBank);
  const faulty = await submit(cashier, page, `${page}/incomes`, { ...said, document: '' });
  expect([faulty.status, faulty.text.includes('存款协议')]).toEqual([422, true]); // nothing typed is lost
  expect((await submit(cashier, page, `${page}/incomes`, said)).status).toBe(303);
  expect((await submit(cashier, page, `${page}/incomes`, { ...said, requestKey: 'interest-again' })).status).toBe(303);
  expect(await balanceOf(ctx, mainBank)).toBe(before + 88_66);
  const [income, ...more] = await Income.find({ ledger: ctx.ledger, bankSerial: 'INTR0001' }).lean<Income[]>();
  expect([income?.amountFen, income?.receivedOn, more]).toEqual([88_66, today, []]);
  expect((await lineOf('INTR0001')).match?.entries).toEqual([`income:${income?._id}:recorded`]);
  const { explained } = await closeFigures(ctx, { from: today, to: today });
  const ofIncome = explained.filter(({ kind }) => kind === 'income');
  expect(ofIncome).toEqual([{ kind: 'income', ref: expect.any(String), day: today, amountFen: 88_66, by: officer().actor.id }]);
  expect(closesAlone({ breaks: [], explained: ofIncome }, officer().actor.id)).toBe(false); // it is one person's word
  expect(await codeOf(makeIncomeOfLine(officer(), incomeOfLineInput.parse({ ...said, requestKey: 'interest-of-out', id: out })))).toBe(
    'state.not-allowed',
  );
});

test('what a line is comes first: one form at a time, the fitting one unless somebody chooses, and after an error the same with what was typed', async () => {
  await bring(['2026-11-20,FORMS001,71.50,,和安县财政局,,拨款', '2026-11-20,FORMS002,72.50,,某某商行,,捐款']);
  const [county1, shop] = await Promise.all(
    ['FORMS001', 'FORMS002'].map(async (serial) => `/reconciliation/lines/${(await lineOf(serial))._id}`),
  );
  const page = async (path = '') => (await cashier.get(path).expect(200)).text;
  const formsOn = (html: string) =>
    ['gifts', 'incomes', 'deposits'].filter((what) => new RegExp(`/lines/bsl_[a-z0-9]+/${what}"`).test(html));
  const twice = (html: string) => {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    return ids.filter((id, at) => ids.indexOf(id) !== at);
  };
  expect([formsOn(await page(county1)), formsOn(await page(shop))]).toEqual([['incomes'], ['gifts']]);
  expect(formsOn(await page(`${county1}?as=gift`))).toEqual(['gifts']);
  expect(await page(`${shop}?as=cash`)).toContain('没有同样金额、还在路上的缴存现金');
  for (const as of ['gift', 'income', 'cash', 'entry']) expect(twice(await page(`${shop}?as=${as}`))).toEqual([]);
  const offered = [...(await page(shop)).matchAll(/<option value="(general|illness|elders|operating|premium|reliefAfterPolicy)"/g)];
  expect(offered.map(([, purpose]) => purpose)).toEqual(['general', 'illness']);

  const gift = {
    requestKey: 'forms-gift',
    donorKind: 'company',
    payerName: '某某商行',
    creditCode: '',
    purpose: 'schooling',
    lastDay: '2027-06-30',
  };
  const again = await submit(cashier, `${shop}?as=gift`, `${shop}/gifts`, gift);
  expect([again.status, formsOn(again.text), again.text.includes('2027-06-30')]).toEqual([422, ['gifts'], true]);
  expect(again.text).toMatch(/<option value="schooling" selected/);
  const income = {
    requestKey: 'forms-income',
    source: 'interest',
    document: '',
    legalBasis: '协议',
    purpose: 'illness',
    lastDay: '2027-07-31',
  };
  const back = await submit(cashier, `${shop}?as=income`, `${shop}/incomes`, income);
  expect([back.status, formsOn(back.text), back.text.includes('2027-07-31')]).toEqual([422, ['incomes'], true]);
  expect((await submit(cashier, shop ?? '', `${shop}/gifts`, { ...gift, purpose: 'operating' })).text).toContain('f-purpose-error');
});

test('what is booked after the import is matched when the job looks again', async () => {
  const gift = await announce('70.00');
  await bring([`2026-11-20,LATE0001,70.00,,刘芳,,没写编号`]);
  expect(await stateOf('LATE0001')).toBe('open');
  const typed = { requestKey: 'late-gift', bankSerial: 'LATE0001', receivedOn: '2026-11-20', amount: '70.00', giftNumber: gift.number };
  await recordBankGift(officer(), bankGiftInput.parse({ ...typed, checkedGiver: 'on' }));
  await matchOpenLines(ctx);
  expect(await stateOf('LATE0001')).toBe(`matched ${gift.number}`);
});

test('of a payout the page says what is known: under way, booked and not in the statement yet, in the statement', async () => {
  const payout = async (name: string, state: 'expected' | 'arrived', amountFen: number) => {
    const _id = idOfFact(ctx, 'pay', name);
    const known = { ledger: ctx.ledger, version: 1, amount: amountFen, currency: 'cny', notedAt: ctx.clock.now(), arrivesOn: today };
    const at = { name: state, by: 'system:test', at: ctx.clock.now() };
    await ProviderPayout.create({ ...known, _id, payoutId: name, state: at, ...(state === 'arrived' && { amountFen }) });
    const legs = [debit(mainBank, amountFen), credit(providerExchange, amountFen)];
    const posting = { key: `payout:${_id}:arrived`, kind: payoutArrived, source: { type: 'providerPayout', id: _id }, legs };
    if (state === 'arrived') await post(ctx, posting);
  };
  const said = async (name: string) => {
    const { text } = await cashier.get('/donations/provider').expect(200);
    return new RegExp(`${name}</code>.*?</tr>`, 's').exec(text)?.[0];
  };
  await payout('po_expected', 'expected', 3_210_00);
  await payout('po_booked', 'arrived', 3_211_00);
  await payout('po_there', 'arrived', 3_212_00);
  await bring([`${today},PAYOUT01,3212.00,,支付平台,,`]);
  expect(await said('po_expected')).toContain('在路上');
  expect(await said('po_booked')).toContain('已记账，银行还没有这笔流水');
  expect(await said('po_there')).toContain('银行流水里有');
  expect(await said('po_there')).toContain(`/reconciliation/lines/${(await lineOf('PAYOUT01'))._id}`);
});

test('who watches the county sees for how long the oldest event of the provider has waited', async () => {
  const waiting = { ledger: ctx.ledger, version: 1, type: 'charge.updated', objectId: 'ch_1', outcome: 'waiting' as const };
  const receivedAt = new Date(ctx.clock.now().getTime() - 600_000);
  await ProviderMessage.create({ ...waiting, _id: 'evt_waits', createdAt: receivedAt, receivedAt });
  const { text } = await cashier.get('/metrics').expect(200);
  await ProviderMessage.deleteOne({ _id: 'evt_waits' });
  expect(Number(/^warm_heart_webhook_oldest_waiting_seconds (.*)$/m.exec(text)?.[1])).toBeGreaterThanOrEqual(600);
});

test('nothing that names a person lies readable in the database', async () => {
  await bring(['2026-11-20,SEAL0001,,12.00,张小明,6225881414207430,补差张小明']);
  const raw = JSON.stringify(await lineOf('SEAL0001'));
  for (const secret of ['张小明', '6225881414207430']) expect(raw).not.toContain(secret);
  const { text } = await cashier.get('/reconciliation/lines');
  expect(text).toContain('张*明');
  expect(text).not.toContain('张小明');
});

describe('the close of a day', () => {
  const as = (key: string) => ({ ...ctx, actor: county.stage.as(key).actor });
  const figures = async (from: string, to: string) => closeFigures(ctx, { from: localDate(from), to: localDate(to) });
  const sign = async (key: string, day: string, sha256: string) =>
    signDay(as(key), { day: localDate(day), sha256, code: await county.stage.signingCode(key) });
  const giftOn = (receivedOn: string, bankSerial: string) =>
    bankGiftInput.parse({
      requestKey: `closed-${bankSerial}`,
      bankSerial,
      receivedOn,
      amount: '10.00',
      payerName: '和安县总工会',
      creditCode: '81130434MC0000039T',
    });

  test('a day before the book begins has nothing to close: it says so and leads on', async () => {
    const early = (await cashier.get('/reconciliation/days/2001-01-01').expect(200)).text;
    expect(early).toContain('银行流水和账本都还是空的');
    expect(early).toContain('/reconciliation/days/2026-11-23');
    expect(early).not.toContain('/signatures');
  });

  test('with breaks open two people sign the same figures; what changes between voids the first signature', async () => {
    await bring(['2026-11-21,BREAK001,5.00,,某公司,,']);
    const seen = await figures('2026-11-21', '2026-11-21');
    expect(seen.breaks.map(({ kind }) => kind)).toContain('bankOnly');
    expect(await codeOf(sign('finance-1', '2026-11-24', seen.sha256))).toBe('reconciliation.day-not-open'); // the day is not over
    expect((await sign('finance-1', '2026-11-21', seen.sha256)).state.name).toBe('signedOnce');
    expect(await codeOf(sign('finance-1', '2026-11-21', seen.sha256))).toBe('rule.same-person');
    await recordBankGift(as('finance-1'), giftOn('2026-11-21', 'BETWEEN1')); // not closed: the day still takes entries
    expect(await codeOf(sign('finance-2', '2026-11-21', seen.sha256))).toBe('reconciliation.figures-changed');

    const now = await figures('2026-11-21', '2026-11-21');
    expect(now.breaks).toContainEqual(expect.objectContaining({ kind: 'bookOnly', amountFen: 10_00 }));
    const page = await cashier.get('/reconciliation/days/2026-11-21').expect(200);
    expect(page.text).toContain('上次签字以后数字变了');
    expect(page.text).toMatch(/账上有，银行没有<\/b><\/a><small>和安县总工会 · D-2026-\d{6}<\/small>/); // payer and number
    await sign('finance-1', '2026-11-21', now.sha256);
    expect(await sign('finance-2', '2026-11-21', now.sha256)).toMatchObject({ state: { name: 'closed' }, from: '2026-11-21' });
    expect((await sign('finance-2', '2026-11-21', now.sha256)).signatures).toHaveLength(2); // a second click
    const { text } = await cashier.get('/reconciliation/days/2026-11-18').expect(200); // closed with it, and in no close of its own
    expect(text).toContain('这一天在第一次日结以前，第一次结的是 2026年11月21日');
    expect(text).toContain('href="/reconciliation/days/2026-11-21"');
  });

  test('a day that is not over says from when it can be closed, and what is known of it; nobody can sign it', async () => {
    const page = `/reconciliation/days/${today}`;
    const { text } = await cashier.get(page).expect(200);
    expect(text).toContain('今天还没过完，2026年11月25日 0:00 起可以结');
    expect(text).toContain('下面是到现在为止的数');
    expect(text).not.toContain('没有银行流水'); // the bank writes it when the day is over
    expect(text).not.toContain('/signatures');
    expect((await cashier.get(`${page}?lang=en`).expect(200)).text).toMatch(/Today is not over: it can be closed from 0:00 on \S*25/);
    const later = await cashier.get('/reconciliation/days/2099-01-01?lang=zh-CN').expect(200);
    expect(later.text).toContain('这一天还没过完，2099年1月2日 0:00 起可以结');
    const _csrf = await tokenOn(cashier, '/reconciliation/days/2026-11-23');
    const signed = { _csrf, sha256: 'a'.repeat(64), code: '123456' };
    expect((await cashier.post(`${page}/signatures`).type('form').send(signed).expect(409)).text).toContain('还没过完');
  });

  test('a closed day takes no entry: the form says so, the commit refuses it, and a late line of the bank is an entry of today', async () => {
    expect(await codeOf(recordBankGift(as('finance-1'), giftOn('2026-11-21', 'CLOSED01')))).toBe('day-closed');
    const source = { type: 'test', id: 'closed' };
    const posting = { key: 'test:closed', kind: giftReceived, source, effectiveOn: localDate('2026-11-20'), legs: [debit(mainBank, 1)] };
    expect(await codeOf(post(ctx, posting))).toBe('ledger.closed-day');
    const before = await figures('2026-11-21', '2026-11-21');
    const gift = await announce('61.00');
    await bring([`2026-11-20,AFTER001,61.00,,刘芳,,${gift.number}`]);
    expect(await stateOf('AFTER001')).toBe(`matched ${gift.number}`);
    expect((await giftNow(gift)).received?.on).toBe('2026-11-20');
    expect((await findEntryByKey(ctx, `gift:${gift._id}:received`))?.effectiveOn).toBe(today);
    expect(await figures('2026-11-21', '2026-11-21')).toEqual({ ...before, asOf: expect.any(Number) }); // of what is closed nothing changes
  });

  test('a line that is taken in when its day was closed stands in the next close: a break while it is open, then in a row of both sides', async () => {
    const gift = await announce('63.00');
    await bring(['2026-11-20,CARRY001,,7.00,某银行,,', '2026-11-20,CARRY002,63.00,,刘芳,,', '2026-11-22,ONTIME01,4.00,,某公司,,']);
    const [out, given] = [await lineOf('CARRY001'), await lineOf('CARRY002')];
    expect([out, given, await lineOf('ONTIME01')].map(({ carriedTo }) => carriedTo)).toEqual(['2026-11-22', '2026-11-22', undefined]);
    const open = { kind: 'bankOnly', day: '2026-11-20', owner: officer().actor.id };
    const before = await figures('2026-11-22', '2026-11-23');
    expect(before.breaks).toContainEqual({ ...open, ref: out._id, amountFen: -7_00 });
    expect(before.breaks).toContainEqual({ ...open, ref: given._id, amountFen: 63_00 });
    const shown = (await cashier.get('/reconciliation/days/2026-11-23').expect(200)).text;
    expect(shown).toMatch(
      new RegExp(`${out._id}"><b>银行有，账上没有</b></a><small>某银行 · CARRY001</small><small>以前日子的，后来才导入`),
    );
    expect(shown).toMatch(new RegExp(`${given._id}"><b>银行有，账上没有</b></a><small>刘\\*? · CARRY002</small>`));

    await matchGift(officer(), { id: given._id, gift: gift.number });
    await ignoreLine(officer(), { id: out._id, reason: '银行自己冲正' });
    const { bank, bookBank, explained } = await figures('2026-11-22', today);
    expect(bank).toMatchObject({ toldLateFen: 61_00 + 63_00 - 7_00, otherDaysFen: 0 }); // with AFTER001 of the test before
    expect(bookBank).toMatchObject({ toldLateFen: 61_00 + 63_00 });
    const late = { kind: 'lineLate', ref: given._id, day: '2026-11-20', amountFen: 63_00 };
    expect(explained).toContainEqual(late);
    const aside = { kind: 'putAside', ref: out._id, day: '2026-11-20', amountFen: -7_00, reason: '银行自己冲正', by: officer().actor.id };
    expect(explained).toContainEqual(aside);
    expect(closesAlone({ breaks: [], explained: [late, aside] as typeof explained }, officer().actor.id)).toBe(false);
    // booked today, on a day that is not in this close: the bank's side says so
    expect((await figures('2026-11-22', '2026-11-23')).bank).toMatchObject({ toldLateFen: 117_00, otherDaysFen: 124_00 });
    const page = (await cashier.get('/reconciliation/days/2026-11-23').expect(200)).text;
    for (const words of ['以前日子的，后来才导入', '对方记在别的日子', '117.00', '124.00']) expect(page).toContain(words);

    await StatementLine.updateOne({ _id: out._id }, { $unset: { carriedTo: 1 } }); // as one of before this was kept
    expect((await figures('2026-11-22', today)).bank.toldLateFen).toBe(124_00);
    await StatementLine.updateOne({ _id: out._id }, { $set: { carriedTo: '2026-11-22' } });
    await ignoreLine(officer(), { id: (await lineOf('ONTIME01'))._id, reason: '测试' });
  });

  test('no line of a day that is over is taken in between the figures of its close and the commit', async () => {
    const held = await holdMovements(ctx);
    await bring(['2026-11-20,RACE0001,61.50,,某公司,,']);
    await expect(transact(ctx, { key: 'test:held', ...held })).rejects.toMatchObject({ code: 'state.stale' });
    await ignoreLine(officer(), { id: (await lineOf('RACE0001'))._id, reason: '测试' });
  });

  test('where all is matched or explained one signature closes the days; who put a line aside, or booked a fee, closes none alone', async () => {
    const open = await StatementLine.find({ ledger: ctx.ledger, 'state.name': 'open' }).lean<StatementLine[]>();
    for (const { _id: id } of open.filter(({ day }) => day === '2026-11-22')) {
      await ignoreLine(officer(), { id, reason: '测试' });
    }
    const gift = await announce('62.00');
    await bring([
      '2026-11-22,COVER001,,1.00,银行,,',
      '2026-11-22,COVER003,,2.00,银行,,手续费',
      `2026-11-23,COVER002,62.00,,刘芳,,${gift.number}`,
    ]);
    await ignoreLine(officer(), { id: (await lineOf('COVER001'))._id, reason: '银行手续费另记' });
    await bookFee(officer(), { id: (await lineOf('COVER003'))._id, fee: 'transfers' });
    const { sha256, breaks, bank, bookBank, explained } = await figures('2026-11-22', '2026-11-23');
    expect({ breaks, bank, bookBank }).toMatchObject({
      breaks: [],
      bank: { inFen: 67_00, outFen: 3_00, count: 9 }, // the bank moved what was put aside as well
      bookBank: { inFen: 62_00, outFen: 2_00, count: 2, toldLateFen: 0 },
    });
    const aside = { kind: 'putAside', by: officer().actor.id };
    const others = [await lineOf('ONTIME01'), await lineOf('RACE0001'), await lineOf('CARRY001')].map(({ _id }) => _id); // of the tests before
    expect(explained.filter(({ kind, ref }) => kind !== 'lineLate' && !others.includes(ref))).toEqual([
      { ...aside, ref: (await lineOf('SAME0001'))._id, day: '2026-11-22', amountFen: 1_00, reason: '测试' },
      { ...aside, ref: (await lineOf('COVER001'))._id, day: '2026-11-22', amountFen: -1_00, reason: '银行手续费另记' },
      { kind: 'bankFee', by: officer().actor.id, ref: (await lineOf('COVER003'))._id, day: '2026-11-22', amountFen: -2_00 },
    ]);
    const feeOnly = { breaks, explained: explained.filter(({ kind }) => kind === 'bankFee') };
    expect(['finance-1', 'finance-3'].map((who) => closesAlone(feeOnly, county.stage.as(who).actor.id))).toEqual([false, true]);
    const page = await cashier.get('/reconciliation/days/2026-11-23').expect(200);
    expect(page.text).toContain(`value="${sha256}"`); // what the page signs
    expect(page.text).toContain(`/reconciliation/lines/${(await lineOf('COVER001'))._id}`);
    expect(page.text).toContain('银行手续费另记');
    expect(page.text).not.toContain('三边都对上了');
    expect((await sign('finance-1', '2026-11-23', sha256)).state.name).toBe('signedOnce');
    expect(await sign('finance-3', '2026-11-23', sha256)).toMatchObject({
      state: { name: 'closed' },
      from: '2026-11-22',
      day: '2026-11-23',
    });
    expect((await cashier.get('/reconciliation/days/2026-11-22').expect(200)).text).toContain('银行手续费另记');
    expect((await cashier.get('/reconciliation/days').expect(200)).text).toContain('/reconciliation/days/2026-11-23');
    for (const truth of [...donationsTruths, ...reconciliationTruths]) expect(await truth.check(ctx)).toEqual([]);
  });
});

test('a file that was brought by mistake is discarded before its import: its bytes go, the list says so, and it may be brought again', async () => {
  const bytes = Buffer.from([head, '2026-11-20,DISCARD-1,88.00,,王小明,,误传'].join('\n'));
  const upload = async () => {
    const csrf = await tokenOn(cashier, '/reconciliation/statements');
    const answer = await cashier.post('/reconciliation/statements').field('_csrf', csrf).attach('file', bytes, '误传.csv').expect(303);
    return answer.headers['location'] ?? '';
  };
  const page = await upload();
  const id = page.split('/').at(-1) ?? '';
  expect((await submit(cashier, page, `${page}/discards`, {})).headers['location']).toBe(page);
  expect((await cashier.get(page).expect(200)).text).toContain('已丢弃');
  expect((await cashier.get('/reconciliation/statements')).text).toMatch(/误传\.csv[\s\S]*?已丢弃/);
  expect(await StatementFile.exists({ _id: id })).toBeNull();
  expect((await submit(cashier, page, `${page}/imports`, {})).status).toBe(303); // asked of a page that stood open: nothing is taken in
  await importStatement(ctx, { statementId: id });
  expect(await StatementLine.exists({ ledger: ctx.ledger, serial: 'DISCARD-1' })).toBeNull();

  expect(await upload()).toBe(page);
  expect((await cashier.get(page)).text).toContain('DISCARD-1');
  await submit(cashier, page, `${page}/imports`, {});
  expect((await submit(cashier, page, `${page}/discards`, {})).status).toBe(409); // its lines are being taken in
});
