import { cancelCase, followPayment } from '../../server/aid';
import { findCaseOrThrow } from '../../server/aid/find-cases';
import { gift } from '../../server/donations';
import { mainBank } from '../../server/funds';
import { checkBankAccount, enterBankAccount, findHouseholdOrThrow } from '../../server/households';
import { localDate } from '../../server/kernel/local-date';
import { balanceOf, findEntryByKey, findPools, traceOrigins } from '../../server/ledger';
import {
  exportBatch,
  importResult,
  makeBatch,
  paymentsAreSingle,
  recordBankAnswer,
  returnBatch,
  withdrawBatch,
} from '../../server/payments';
import { findBatchOrThrow, findLines, findPayable, findWaitingPayables, sumWaiting } from '../../server/payments/find-payments';
import { Payable } from '../../server/payments/payable.model';
import type { PaymentBatch } from '../../server/payments/payment-batch.model';
import { payable } from '../../server/payments/payments.accounts';
import { resultOfBatch } from '../../server/payments/practice-bank';
import type { BankAnswer } from '../../server/payments/result-file';
import { cadre, clock, maker, manager, person, requestKey, secondSigner, signer, system, township, useAidCounty } from '../aid/aid-county';
import { approvedCase, family, giftOf, giftUntil, reviewedCase } from '../aid/aid-family';
import { sign } from '../aid/signing';

useAidCounty();

const figures = { heads: 4, income: { labour: 34_000 } }; // a gap of 2,000
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  );
const total = async (pool: string) => (await findPools(system, [pool]))[0]?.total ?? 0;

async function approved(name: string, account: string) {
  return approvedCase(await reviewedCase(await family({ ...figures, name, account })));
}
async function twiceSigned(payables: string[]) {
  const batch = await makeBatch(maker, { requestKey: requestKey(), payables });
  await sign(signer, batch);
  return sign(secondSigner, batch);
}
/** The bank's answer to a batch, one word a line. */
async function answerOf(batch: PaymentBatch, answers: BankAnswer[]) {
  const lines = await findLines(system, batch._id);
  return resultOfBatch(batch, lines, localDate('2026-03-13'), ({ sequence }) => {
    const answer = answers[sequence - 1] ?? 'paid';
    return { answer, reason: answer === 'returned' ? '户名不符' : '' };
  });
}

beforeAll(() => giftOf('D-2026-000001', 100_000));
afterEach(async () => expect(await paymentsAreSingle.check(system)).toEqual([]));

test('two people, neither the maker nor one who handled a case, sign the three figures; then the file goes out once', async () => {
  const one = await approved('张小明', '6225881414207430');
  const asked = { requestKey: requestKey(), payables: [one._id] };
  const batch = await makeBatch(maker, asked);
  expect(await makeBatch(maker, asked)).toEqual(batch);
  expect(batch).toMatchObject({ state: { name: 'checked' }, count: 1, totalFen: 2_000_00, encoding: 'GB18030' });
  expect(await code(exportBatch(maker, { id: batch._id }))).toBe('state.not-allowed');

  expect(await code(sign(maker, batch))).toBe('rule.same-person');
  const asFinance = (id: string) => person(id, 'financeOfficer');
  for (const hand of ['usr_cadre', 'usr_town', 'usr_manager']) expect(await code(sign(asFinance(hand), batch))).toBe('rule.same-person');
  expect(await code(sign(signer, batch, { totalFen: 2_000_01 }))).toBe('payment.file-changed');
  expect(await code(sign(signer, batch, { sha256: 'f'.repeat(64) }))).toBe('payment.file-changed');

  const first = await sign(signer, batch);
  expect(await sign(signer, batch)).toEqual(first);
  const second = await sign(secondSigner, batch);
  expect(second.state.name).toBe('secondSigned');
  expect(await total(payable(one._id))).toBe(2_000_00);

  const [sent] = await Promise.all([exportBatch(signer, { id: batch._id }), code(exportBatch(signer, { id: batch._id }))]);
  expect(sent.state.name).toBe('exported');
  expect(await total(payable(one._id))).toBe(0);
  expect(await total(`transit:${one._id}-r0`)).toBe(2_000_00);
  await followPayment(system, { payableId: one._id });
  expect((await findCaseOrThrow(system, one._id)).state.name).toBe('scheduled');
});

test('a case is in one batch at a time, whoever makes two at once', async () => {
  const one = await approved('李梅', '6288997715452584');
  const outcomes = await Promise.all([1, 2].map(() => code(makeBatch(maker, { requestKey: requestKey(), payables: [one._id] }))));
  expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
});

test('more than a batch takes are refused with the number, whatever the bank would take', async () => {
  const one = await approved('赵强', '6225881414207430');
  const sum = await Payable.findById(one._id).lean<Payable>();
  const others = Array.from({ length: 300 }, (_, n) => ({ ...sum, _id: `aid_of-many-${n}` }));
  await Payable.collection.insertMany(others as never[]);
  const payables = [one, ...others].map(({ _id }) => _id);
  await expect(makeBatch(maker, { requestKey: requestKey(), payables })).rejects.toMatchObject({
    code: 'payment.too-many',
    details: { most: 300 },
  });
  expect((await sumWaiting(system)).count).toBeGreaterThanOrEqual(301);
  expect(await findWaitingPayables(system)).toHaveLength(300);
  await Payable.deleteMany({ _id: /^aid_of-many/ });
});

test('an approver makes no batch with a case of his, even as a finance officer', async () => {
  const one = await approved('王国', '6225881414207430');
  const both = { ...maker, actor: { ...maker.actor, id: 'usr_manager' } };
  await expect(makeBatch(both, { requestKey: requestKey(), payables: [one._id] })).rejects.toMatchObject({
    code: 'rule.same-person',
    details: { number: one.number },
  });
});

test('a bank account changed after the first signature stops the second, until the batch is made anew', async () => {
  const one = await approved('孙兰', '6225881414207430');
  const batch = await makeBatch(maker, { requestKey: requestKey(), payables: [one._id] });
  await sign(signer, batch);
  const change = { id: one.household, requestKey: requestKey(), account: '6288997715452584', holder: '孙兰', bank: '和安农商银行' };
  await enterBankAccount(cadre, change);
  expect(await code(sign(secondSigner, batch))).toBe('payment.account-missing');
  await checkBankAccount(township, { id: one.household, wholeAccount: '6288997715452584' });
  expect(await code(sign(secondSigner, batch))).toBe('payment.account-missing');

  const back = await returnBatch(secondSigner, { id: batch._id, reason: '卡换过了' });
  expect(back).toMatchObject({ state: { name: 'draft' }, signatures: [] });
  expect((await withdrawBatch(maker, { id: batch._id })).state.name).toBe('withdrawn');
  expect((await findPayable(system, one._id))?.state.name).toBe('open');
  const again = await twiceSigned([one._id]);
  expect((await findLines(system, again._id))[0]).toMatchObject({ _id: `${one._id}-r0`, accountTail: '2584' });
});

test('its maker gives up a batch that nobody has signed; a signed one goes back first', async () => {
  const one = await approved('李春', '6225881414207430');
  const batch = await makeBatch(maker, { requestKey: requestKey(), payables: [one._id] });
  expect(batch.state.name).toBe('checked');
  expect((await withdrawBatch(maker, { id: batch._id })).state.name).toBe('withdrawn');
  expect(await findLines(system, batch._id)).toEqual([]);
  expect((await findPayable(system, one._id))?.state.name).toBe('open');
  const signed = await makeBatch(maker, { requestKey: requestKey(), payables: [one._id] });
  await sign(signer, signed);
  expect(await code(withdrawBatch(maker, { id: signed._id }))).toBe('state.not-allowed');
  await returnBatch(signer, { id: signed._id, reason: '不发了' });
  await withdrawBatch(maker, { id: signed._id });
});

describe('the bank’s answer', () => {
  test('books what was paid and what came back; the same file twice changes nothing; the return is re-issued alone', async () => {
    const paid = await approved('张小明', '6225881414207430');
    const returned = await approved('欧阳建国', '10100123456789012');
    const batch = await exportBatch(maker, { id: (await twiceSigned([paid._id, returned._id]))._id });
    const inBank = await balanceOf(system, mainBank);
    const bytes = await answerOf(batch, ['paid', 'returned']);
    const result = await importResult(maker, { bytes });
    expect(result).toMatchObject({ paid: 1, returned: 1, unknown: 0, quarantined: [] });
    expect(await importResult(signer, { bytes })).toEqual(result);
    expect(await balanceOf(system, mainBank)).toBe(inBank - 2_000_00);
    expect(await total(payable(returned._id))).toBe(2_000_00);
    expect((await findBatchOrThrow(system, batch._id)).state.name).toBe('resulted');

    for (const { _id } of [paid, returned]) await followPayment(system, { payableId: _id });
    expect((await findCaseOrThrow(system, paid._id)).state.name).toBe('paid');
    const back = await findCaseOrThrow(system, returned._id);
    expect(back.state.name).toBe('approved');
    expect(back.steps.map(({ what }) => what).slice(-2)).toEqual(['scheduled', 'returned']);
    expect(back.steps.at(-1)?.note).toBe('户名不符');
    expect(await code(makeBatch(maker, { requestKey: requestKey(), payables: [returned._id] }))).toBe('payment.account-missing');

    const { household } = returned;
    await enterBankAccount(cadre, {
      id: household,
      requestKey: requestKey(),
      account: '10100123456789012',
      holder: '欧阳建囯',
      bank: '邮储',
    });
    await checkBankAccount(township, { id: household, wholeAccount: '10100123456789012' });
    const again = await exportBatch(maker, { id: (await twiceSigned([returned._id]))._id });
    expect(await findLines(system, again._id)).toMatchObject([{ _id: `${returned._id}-r1`, sequence: 1, holder: '欧阳建囯' }]);
    await importResult(maker, { bytes: await answerOf(again, ['paid']) });
    expect((await findPayable(system, returned._id))?.state.name).toBe('paid');
    const entry = await findEntryByKey(system, `payment:${returned._id}-r1:paid`);
    const gone = (await traceOrigins(system, ['D-2026-000001'])).get('D-2026-000001')?.gone.filter(({ seq }) => seq === entry?.seq);
    const { surrogate } = await findHouseholdOrThrow(system, household);
    expect(gone).toMatchObject([{ amount: 2_000_00, cause: 'illness', household: surrogate }]);
    expect(entry?.tags.village).toBe('130499101201');
  });

  test('unknown is asked about and never sent again; the answer by telephone ends it', async () => {
    const one = await approved('严四', '6225881414207430');
    const batch = await exportBatch(maker, { id: (await twiceSigned([one._id]))._id });
    await importResult(maker, { bytes: await answerOf(batch, ['unknown']) });
    expect((await findLines(system, batch._id))[0]?.state.name).toBe('unknown');
    expect(await code(makeBatch(maker, { requestKey: requestKey(), payables: [one._id] }))).toBe('payment.in-batch');
    expect(await code(cancelCase(manager, { id: one._id, reason: '等太久' }))).toBe('state.not-allowed');
    await recordBankAnswer(maker, { id: `${one._id}-r0`, answer: 'paid', evidence: '农商行王经理电话，11月27日', reason: '' });
    expect((await findPayable(system, one._id))?.state.name).toBe('paid');
  });

  test('puts what matches nothing into quarantine and books nothing of it', async () => {
    const one = await approved('吴英', '6225881414207430');
    const batch = await exportBatch(maker, { id: (await twiceSigned([one._id]))._id });
    const wrong = await importResult(maker, {
      bytes: Buffer.from((await answerOf(batch, ['paid'])).toString('latin1').replace('2000.00', '2000.01'), 'latin1'),
    });
    expect(wrong).toMatchObject({ paid: 0, quarantined: [{ sequence: 1, accountTail: '7430', amountFen: 2_000_01, why: 'other-amount' }] });
    expect((await findLines(system, batch._id))[0]?.state.name).toBe('sent');
    await importResult(maker, { bytes: await answerOf(batch, ['paid']) });
    const otherwise = await importResult(maker, { bytes: await answerOf(batch, ['returned']) });
    expect(otherwise.quarantined).toMatchObject([{ why: 'answered-otherwise' }]);
    expect((await findPayable(system, one._id))?.state.name).toBe('paid');
  });

  test.each`
    why                        | bytes                                               | issue
    ${'no text'}               | ${Buffer.from([0, 1, 2, 255])}                      | ${'result.not-text'}
    ${'a batch we never sent'} | ${Buffer.from('R|B-1999-000001|20260313|0\n')}      | ${'result.no-such-batch'}
    ${'another file'}          | ${Buffer.from('H|B-2026-000001|20260313|1|1.00\n')} | ${'result.no-head'}
  `('a file that is $why is refused at its field', async ({ bytes, issue }) => {
    await expect(importResult(maker, { bytes })).rejects.toMatchObject({ issues: [{ path: 'file', code: issue }] });
  });
});

test('money whose restriction ends on the way still reaches the family', async () => {
  const one = await reviewedCase(await family({ ...figures, name: '周强', account: '6225881414207430' }));
  await giftUntil('D-2026-000050', 2_000, clock.now());
  const approvedOne = await approvedCase(one);
  expect(await balanceOf(system, gift('D-2026-000050'))).toBe(0);
  clock.advance(3 * 86_400_000);
  const batch = await exportBatch(maker, { id: (await twiceSigned([approvedOne._id]))._id });
  clock.advance(3 * 86_400_000);
  await importResult(maker, { bytes: await answerOf(batch, ['paid']) });
  expect((await findPayable(system, approvedOne._id))?.state.name).toBe('paid');
});
