import { confirmRange, donationsTruths, enterRange, findDepositsInTransit, gift as giftLot, issueReceipt } from '../../server/donations';
import type { CashCounter } from '../../server/donations/counter/cash-counter.model';
import { CashSlip } from '../../server/donations/counter/cash-slip.model';
import { beginCount, countCash, explainDifference, seeDifference } from '../../server/donations/counter/close-counter-day';
import { cash, cashDifference, cashInTransit } from '../../server/donations/counter/counter.accounts';
import { countCashInput, takeCashInput } from '../../server/donations/counter/counter.inputs';
import { slipsTruth } from '../../server/donations/counter/counter.truths';
import { depositCash, receiveDeposit } from '../../server/donations/counter/deposit-cash';
import { openCounter } from '../../server/donations/counter/open-counter';
import { takeCash } from '../../server/donations/counter/take-cash';
import { askVoidSlip, confirmVoidSlip, refuseVoidSlip } from '../../server/donations/counter/void-slip';
import { Gift } from '../../server/donations/gift.model';
import { giftsByKind } from '../../server/donations/gifts-by-kind';
import { Receipt } from '../../server/donations/receipts/receipt.model';
import { mainBank } from '../../server/funds';
import type { Context } from '../../server/kernel/context';
import { shanghaiDay } from '../../server/kernel/local-date';
import { fen } from '../../server/kernel/money';
import type { Role } from '../../server/kernel/roles';
import { atOneMoment, balanceOf, findEntryByKey } from '../../server/ledger';
import { agentOf, samplePerson, submit } from '../support/sign-in';
import { useGivingCounty } from './giving-county';

const county = useGivingCounty();
const { ctx } = county;
const as = (id: string, role: Role = 'financeOfficer'): Context => ({
  ...ctx,
  actor: { id: `usr_${id}`, kind: 'person', grants: [{ role, scope: '130499' }] },
});
const [cashier, second, manager] = [as('cashier'), as('second'), as('manager', 'fundManager')];

let keys = 0;
const slip = (counter: CashCounter, fields: Record<string, string> = {}) =>
  takeCashInput.parse({
    requestKey: `cash-slip-${++keys}`,
    counter: counter._id,
    amount: '200.00',
    giver: 'person',
    payerName: '王秀英',
    ...fields,
  });
const count = (id: string, pieces: Record<string, number>) => countCashInput.parse({ id, ...pieces });
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: { code?: string; issues?: { code: string }[] }) => error.issues?.[0]?.code ?? error.code ?? String(error),
  );
const numbersOf = async ({ _id }: CashCounter) =>
  (await CashSlip.find({ ledger: ctx.ledger, counter: _id }).sort({ number: 1 }).lean()).map(({ number }) => number);

test('each slip is its gift, its number and its cash at once; numbers have no gap however many are taken side by side', async () => {
  const counter = await openCounter(manager, { name: '一楼窗口', code: 'XJA' });
  const input = slip(counter, { giver: 'organisation', payerName: '和安县恒通机械有限公司', creditCode: '91130434MA0ABCDE67' });
  const all = await Promise.all([
    takeCash(cashier, input),
    takeCash(cashier, input), // the form sent twice
    takeCash(second, slip(counter, { giver: 'anonymous', payerName: '', amount: '50' })),
    takeCash(cashier, slip(counter)),
  ]);
  expect(new Set(all.map(({ number }) => number)).size).toBe(3);
  expect(await numbersOf(counter)).toEqual(['XJA-2026-000001', 'XJA-2026-000002', 'XJA-2026-000003']);
  expect(await balanceOf(ctx, cash(counter._id))).toBe(450_00);
  const desk = await agentOf(county.app, (await samplePerson(ctx, [{ role: 'financeOfficer', scope: '130499' }]))._id, ctx);
  const paperOf = async ({ _id }: CashSlip, on: string) => (await desk.get(`/donations/cash-slips/${_id}/paper?on=${on}`).expect(200)).text;
  for (const on of ['sheet', 'roll']) {
    expect(await paperOf(all[0], on)).toContain('捐赠票据另外开具');
    expect(await paperOf(all[2], on)).toContain('没有留名，不开捐赠票据');
  }
  const gift = await Gift.findById(all[0].gift).lean<Gift>();
  expect(gift).toMatchObject({ state: { name: 'received' }, donorKind: 'company', received: { into: 'cash', proof: all[0]._id } });
  expect((await findEntryByKey(ctx, `gift:${all[0].gift}:received`))?.legs.map(({ account }) => account)).toContain(cash(counter._id));
  expect(
    await codeOf(takeCash(cashier, slip(counter, { giver: 'organisation', payerName: '别家公司', creditCode: '91130434MA0ABCDE67' }))),
  ).toBe('credit-code-of-another');
  expect(await codeOf(openCounter(manager, { name: '二楼', code: 'XJA' }))).toBe('counter-code-taken');
});

test('a slip is voided on its day by two people: the number stays, the gift and its receipt are taken back', async () => {
  const counter = await openCounter(manager, { name: '二楼窗口', code: 'XJB' });
  const range = { requestKey: 'range-of-cash', code: '1304990199', first: '0000000001', last: '0000000009', payee: '和安县慈善总会' };
  const { _id: rangeId } = await enterRange(cashier, { ...range, itemCode: '501010', sourceDoc: '领用单' });
  await confirmRange(second, { id: rangeId });
  const taken = await takeCash(cashier, slip(counter, { amount: '300' }));
  const receipt = await issueReceipt(ctx, { gift: taken.gift });
  const today = shanghaiDay(ctx.clock.now());
  const before = await atOneMoment(ctx, (moment) => giftsByKind(ctx, { from: today, to: today }, moment));
  await askVoidSlip(cashier, { id: taken._id, reason: '金额写错' });
  expect(await codeOf(confirmVoidSlip(cashier, { id: taken._id }))).toBe('rule.same-person');
  const day = taken.counterDay;
  expect(await codeOf(beginCount(cashier, { id: day }))).toBe('cash.voids-waiting');
  expect((await confirmVoidSlip(second, { id: taken._id })).state.name).toBe('voided');
  expect(await balanceOf(ctx, cash(counter._id))).toBe(0);
  expect(await balanceOf(ctx, giftLot(taken.giftNumber))).toBe(0);
  expect(await Gift.findById(taken.gift).lean()).toMatchObject({ state: { name: 'voided' } });
  expect(await Receipt.findById(receipt._id).lean()).toMatchObject({ state: { name: 'voided' }, voidReason: '金额写错' });
  const after = await atOneMoment(ctx, (moment) => giftsByKind(ctx, { from: today, to: today }, moment));
  expect([before.totalFen - after.totalFen, after.agrees]).toEqual([300_00, true]);
  await takeCash(cashier, slip(counter));
  expect(await numbersOf(counter)).toEqual(['XJB-2026-000001', 'XJB-2026-000002']);
});

test('a day is counted blind; a difference waits for a reason and a second person, is an entry, and the day takes no more', async () => {
  const counter = await openCounter(manager, { name: '三楼窗口', code: 'XJC' });
  const { counterDay: id } = await takeCash(cashier, slip(counter, { amount: '350.00' }));
  await beginCount(cashier, { id });
  expect(await codeOf(takeCash(cashier, slip(counter)))).toBe('cash.day-closed');
  expect(
    await codeOf(depositCash(cashier, { requestKey: 'too-early-1', counter: counter._id, amount: 350_00, paper: 'CK1' } as never)),
  ).toBe('cash.being-counted');
  const desk = await agentOf(county.app, (await samplePerson(ctx, [{ role: 'financeOfficer', scope: '130499' }]))._id, ctx);
  for (const page of [`/donations/counter-days/${id}`, `/donations/counters/${counter._id}`, '/donations/counters'])
    expect((await desk.get(page).expect(200)).text).not.toContain('350.00'); // nobody counts towards it
  const wrong = await submit(desk, `/donations/counter-days/${id}`, `/donations/counter-days/${id}/counts`, { n10000: 'drei', n5000: '1' });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('href="#f-n10000"');

  expect(await countCash(cashier, count(id, { n10000: 3, n2000: 2 }))).toMatchObject({ state: { name: 'counted' }, expectedFen: 350_00 });
  expect(await codeOf(seeDifference(second, { id }))).toBe('cash.explain-first');
  await explainDifference(cashier, { id, explanation: '找零多给了一张十元' });
  expect(await codeOf(seeDifference(cashier, { id }))).toBe('rule.same-person');
  const page = await desk.get(`/donations/counter-days/${id}`).expect(200);
  expect(page.text).toContain('短款');
  expect(await seeDifference(second, { id })).toMatchObject({ state: { name: 'closed' } });
  expect(await balanceOf(ctx, cash(counter._id))).toBe(340_00);
  expect(await balanceOf(ctx, cashDifference(counter._id))).toBe(-10_00);
  expect(await codeOf(takeCash(cashier, slip(counter)))).toBe('cash.day-closed');
});

test('a count that agrees closes the day; what is brought to the bank is on its way until the statement has it', async () => {
  const counter = await openCounter(manager, { name: '四楼窗口', code: 'XJD' });
  const { counterDay: id } = await takeCash(cashier, slip(counter, { amount: '512.50' }));
  await beginCount(cashier, { id });
  expect((await countCash(cashier, count(id, { n10000: 5, n1000: 1, n100: 2, n50: 1 }))).state.name).toBe('closed');
  const deposit = { requestKey: 'deposit-1', counter: counter._id, amount: 512_50, paper: 'CK000123' } as Parameters<typeof depositCash>[1];
  expect(await codeOf(depositCash(cashier, { ...deposit, requestKey: 'deposit-0', amount: 600_00 as typeof deposit.amount }))).toBe(
    'more-than-in-hand',
  );
  const made = await depositCash(cashier, deposit);
  expect((await depositCash(cashier, deposit))._id).toBe(made._id);
  expect([await balanceOf(ctx, cash(counter._id)), await balanceOf(ctx, cashInTransit(counter._id))]).toEqual([0, 512_50]);
  expect((await findDepositsInTransit(ctx)).map(({ paper }) => paper)).toContain('CK000123');
  const bank = await balanceOf(ctx, mainBank);
  const line = { deposit: made._id, serial: 'HNSH-CASH-1', on: made.day, amountFen: 512_50 };
  expect(await receiveDeposit(cashier, line)).toBe(await receiveDeposit(cashier, line));
  expect([(await balanceOf(ctx, mainBank)) - bank, await balanceOf(ctx, cashInTransit(counter._id))]).toEqual([512_50, 0]);
});

test('a slip whose cash was brought to the bank, or whose day is past, is not voided; whoever wants the money back is sent to a refund', async () => {
  const counter = await openCounter(manager, { name: '五楼窗口', code: 'XJE' });
  const [brought, late] = [await takeCash(cashier, slip(counter)), await takeCash(cashier, slip(counter))];
  await askVoidSlip(cashier, { id: late._id, reason: '金额写错' });
  await depositCash(cashier, { requestKey: 'deposit-2', counter: counter._id, amount: fen(400_00), paper: 'CK000124' });
  await askVoidSlip(cashier, { id: brought._id, reason: '金额写错' });
  expect(await codeOf(confirmVoidSlip(second, { id: brought._id }))).toBe('cash.not-in-hand');
  await refuseVoidSlip(second, { id: brought._id });
  county.practice.clock.advance(86_400_000);
  expect(await codeOf(askVoidSlip(cashier, { id: brought._id, reason: '第二天' }))).toBe('cash.other-day');
  expect(await codeOf(confirmVoidSlip(second, { id: late._id }))).toBe('cash.other-day');
  await refuseVoidSlip(second, { id: late._id }); // else the day could not be counted
  await beginCount(cashier, { id: late.counterDay });
});

test('the form of a slip sent again with something else in it is told so; slips that a count overtakes leave no gift that waits', async () => {
  const counter = await openCounter(manager, { name: '六楼窗口', code: 'XJF' });
  const union = slip(counter, {
    giver: 'organisation',
    donorKind: 'tradeUnion',
    payerName: '和安县总工会',
    creditCode: '81130434MC0000039T',
  });
  const { counterDay: id } = await takeCash(cashier, union);
  expect(await codeOf(takeCash(cashier, { ...union, donorKind: 'redCross' }))).toBe('ledger.conflict');
  const forms = Array.from({ length: 6 }, () => slip(counter, { amount: '10.00' }));
  await Promise.allSettled([...forms.map((form) => takeCash(cashier, form)), beginCount(second, { id })]);
  expect(await Gift.countDocuments({ ledger: ctx.ledger, channel: 'cash', 'state.name': 'awaiting' })).toBe(0);
});

test('in the end every slip and every gift adds up', async () => {
  for (const truth of donationsTruths) expect(await truth.check(ctx)).toEqual([]);
});

test.each`
  why                                       | spoil                                                                | says
  ${'a number of a slip is missing'}        | ${({ number }: CashSlip) => ({ number: `${number.slice(0, -1)}9` })} | ${/^expected slip 1$/}
  ${'a slip says more cash than its entry'} | ${({ amountFen }: CashSlip) => ({ amountFen: amountFen + 1 })}       | ${/^slip says \d+, entry \d+$/}
  ${'a slip is called voided and stands'}   | ${() => ({ 'state.name': 'voided' })}                                | ${/^voided and taken back are not the same$/}
`('who looks over the books is told when $why', async ({ spoil, says }) => {
  const slip = await CashSlip.findOne({ ledger: ctx.ledger, number: /-000001$/, 'state.name': 'taken' }).lean<CashSlip>();
  if (!slip) throw new Error('there is no first slip');
  const whats = async () =>
    (await slipsTruth.check(ctx)).filter(({ where }) => where.startsWith(slip.number.slice(0, 3))).map(({ what }) => what);
  await CashSlip.updateOne({ _id: slip._id }, { $set: spoil(slip) });
  expect(await whats()).toContainEqual(expect.stringMatching(says));
  await CashSlip.replaceOne({ _id: slip._id }, slip);
  expect(await whats()).toEqual([]);
});
