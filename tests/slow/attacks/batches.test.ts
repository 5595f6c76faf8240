import { findAuditEvents } from '../../../server/audit';
import {
  exportBatch,
  importResult,
  makeBatch,
  paymentsAreSingle,
  recordBankAnswer,
  returnBatch,
  withdrawBatch,
} from '../../../server/payments';
import { findBatchOrThrow, findLines } from '../../../server/payments/find-payments';
import { PaymentBatch } from '../../../server/payments/payment-batch.model';
import { encodeText } from '../../../server/platform/files/text-encoding';
import { clock, maker, manager, person, requestKey, secondSigner, signer, system, useAidCounty } from '../../aid/aid-county';
import { approvedCase, family, giftOf, reviewedCase } from '../../aid/aid-family';
import { sign } from '../../aid/signing';

useAidCounty();

const figures = { heads: 4, income: { labour: 34_000 } };
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  );
const approved = async (account: string) => (await approvedCase(await reviewedCase(await family({ ...figures, account }))))._id;
async function twiceSigned(accounts: string[]) {
  const payables: string[] = [];
  for (const account of accounts) payables.push(await approved(account));
  const batch = await makeBatch(maker, { requestKey: requestKey(), payables });
  await sign(signer, batch);
  return sign(secondSigner, batch);
}

beforeAll(() => giftOf('D-2026-000001', 100_000));
afterEach(async () => expect(await paymentsAreSingle.check(system)).toEqual([]));

test('a batch that is given back while it is being sent is either sent whole or not at all', async () => {
  for (const tail of ['6225881414207430', '6217000010001234565', '6228480402564890018']) {
    const { _id: id } = await twiceSigned([tail]);
    const outcomes = await Promise.all([code(exportBatch(maker, { id })), code(returnBatch(secondSigner, { id, reason: '金额再核' }))]);
    const [batch, lines] = await Promise.all([findBatchOrThrow(system, id), findLines(system, id)]);
    expect({ outcomes, batch: batch.state.name, line: lines[0]?.state.name }).toEqual(
      batch.state.name === 'exported'
        ? { outcomes: ['done', expect.any(String)], batch: 'exported', line: 'sent' }
        : { outcomes: [expect.any(String), 'done'], batch: 'draft', line: 'pending' },
    );
  }
});

test('of two who sign a batch at once one is first; the other signs second, or is told and may sign then', async () => {
  const batch = await makeBatch(maker, { requestKey: requestKey(), payables: [await approved('6225881414207430')] });
  const asked = () => Promise.all([signer, secondSigner].map((by) => code(sign(by, batch))));
  const outcomes = await asked();
  expect(['done,done', 'done,state.stale', 'state.stale,done']).toContain(outcomes.join()); // as they fell in time
  const done = outcomes.filter((outcome) => outcome === 'done').length;
  expect((await findBatchOrThrow(system, batch._id)).signatures).toHaveLength(done);
  expect(await asked()).toEqual(['done', 'done']); // for those who were done a second click
  const { state, signatures } = await findBatchOrThrow(system, batch._id);
  expect([state.name, signatures.map(({ by }) => by).sort()]).toEqual(['secondSigned', ['usr_fin_b', 'usr_fin_c']]);
});

test('who approved a case reads no result of its batch and withdraws none, even as a finance officer', async () => {
  const both = person(manager.actor.id, 'financeOfficer');
  const { _id: id, number } = await twiceSigned(['6225881414207430']);
  await exportBatch(maker, { id });
  const bytes = encodeText(`R|${number}|20260313|1\n0001|6225881414207430|2000.00|F|户名不符\n`, 'GB18030');
  expect(await code(importResult(both, { bytes }))).toBe('rule.same-person');
  expect((await findLines(system, id))[0]?.state.name).toBe('sent');
  const draft = await makeBatch(maker, { requestKey: requestKey(), payables: [await approved('6217000010001234565')] });
  await returnBatch(signer, { id: draft._id, reason: '金额再核' });
  expect(await code(withdrawBatch(both, { id: draft._id }))).toBe('rule.same-person');
});

test('a batch whose making was cut off before its check is checked by the request sent again', async () => {
  const asked = { requestKey: requestKey(), payables: [await approved('6225881414207430')] };
  const batch = await makeBatch(maker, asked);
  await PaymentBatch.updateOne({ _id: batch._id }, { $set: { 'state.name': 'draft' }, $unset: { checkedAt: 1, sha256: 1 } });
  expect(await makeBatch(maker, asked)).toMatchObject({ _id: batch._id, state: { name: 'checked' } });
});

test('sums that another open page has put into a batch stand in no second one, and the second is told where they are', async () => {
  const payables = [await approved('6225881414207430')];
  const first = await makeBatch(maker, { requestKey: requestKey(), payables });
  await expect(makeBatch(signer, { requestKey: requestKey(), payables })).rejects.toMatchObject({
    code: 'payment.in-batch',
    details: { batch: first.number, numbers: expect.stringMatching(/^\S+$/), href: `/payments/batches/${first._id}` },
  });
});

test('nobody calls a line returned while the bank may still pay it; an answer by telephone is on record with its proof', async () => {
  const { _id: id } = await twiceSigned(['6225881414207430']);
  await exportBatch(maker, { id });
  const [line] = await findLines(system, id);
  const answer = { id: line?._id ?? '', answer: 'returned' as const, evidence: '农商行王经理电话', reason: '账户已销户' };
  expect(await code(recordBankAnswer(maker, answer))).toBe('state.not-allowed');
  expect((await findLines(system, id))[0]?.state.name).toBe('sent');
  clock.advance(5 * 86_400_000);
  expect(await code(recordBankAnswer(maker, answer))).toBe('done');
  const { rows } = await findAuditEvents(system, { subjectId: answer.id }, { limit: 10 });
  expect(rows.map(({ what, actor, after }) => [what, actor, after])).toContainEqual([
    'payment.returned',
    maker.actor.id,
    { evidence: answer.evidence },
  ]);
});
