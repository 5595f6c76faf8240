import { payTogether } from '../../scripts/sample-county/aid-cases';
import { AidCase } from '../../server/aid/aid-case.model';
import { findAuditEvents } from '../../server/audit';
import { checkBankAccount } from '../../server/households';
import { PaymentBatch } from '../../server/payments/payment-batch.model';
import { accountOf, PaymentLine } from '../../server/payments/payment-line.model';
import { useCountyApp } from '../support/county-app';
import { submit } from '../support/sign-in';

const county = useCountyApp();
let batch = '';
let line = '';

beforeAll(async () => {
  const approved = await AidCase.find({ ledger: 'hean', 'state.name': 'approved' }).lean<AidCase[]>();
  const inBatches = await PaymentLine.distinct('payable', { ledger: 'hean' });
  await payTogether(county.stage, approved.filter(({ _id }) => !inBatches.includes(_id)).slice(0, 1), 'exported');
  const sent = await PaymentLine.findOne({ ledger: 'hean', 'state.name': 'sent' }).lean<PaymentLine>();
  [batch, line] = [`/payments/batches/${sent?.batch}`, `/payments/lines/${sent?._id}`];
});

const answer = { answer: 'returned', reason: '账户已销户', evidence: '农商行王经理电话，11月27日' };

test('while the bank has its days there is nothing to record, and who tries is told', async () => {
  const finance = await county.agentOf('finance-1');
  expect((await finance.get(batch)).text).not.toContain(line);
  const page = await finance.get(line);
  expect([page.status, page.text.includes('/answers')]).toEqual([200, false]);
  expect(page.text).toMatch(/钱从哪几笔来[\s\S]*捐赠 D-\d{4}-\d{6}[\s\S]*¥[\d,]+\.\d\d/);
  expect((await submit(finance, batch, `${line}/answers`, answer)).status).toBe(409);
});

test('after its days each silent line is answered by hand, with the bank’s words; the last answer ends the batch', async () => {
  county.stage.clock.advance(5 * 86_400_000);
  county.forget('finance-1'); // the session of five days ago is over
  const finance = await county.agentOf('finance-1');
  const shown = (await finance.get(batch)).text;
  for (const text of ['记下银行答复', `href="${line}"`, '交给银行 5 天']) expect(shown).toContain(text);

  const wordless = await submit(finance, line, `${line}/answers`, { ...answer, reason: '' });
  expect(wordless.status).toBe(422);
  expect(wordless.text).toContain(answer.evidence); // the form is kept
  expect((await submit(finance, line, `${line}/answers`, answer)).headers['location']).toBe(batch);
  expect((await finance.get(batch)).text).toContain('银行说：账户已销户');
  const { household } = (await PaymentLine.findById(line.split('/').at(-1)).lean<PaymentLine>()) ?? {};
  expect((await finance.get(batch)).text).toContain(`href="/households/${household}#bank">改好，重发`); // where finance checks the account
  expect((await finance.get('/payments/batches')).text).toContain(`href="/households/${household}#bank">去改卡`);

  const returned = await PaymentLine.findById(line.split('/').at(-1)).orFail();
  await checkBankAccount(county.stage.as('finance-2'), { id: returned.household, wholeAccount: accountOf(returned) });
  const [after, list] = [(await finance.get(batch)).text, (await finance.get('/payments/batches')).text];
  expect(after).toContain('href="/payments/batches">卡已核过，去重发');
  expect(list).toContain('卡已重新核过，可以再付');
  for (const text of [after, list]) expect(text).not.toMatch(/改好，重发|去改卡/);
  const { state } = (await PaymentBatch.findById(batch.split('/').at(-1)).lean<PaymentBatch>()) ?? {};
  expect(state?.name).toBe('resulted');
  const { rows } = await findAuditEvents(county.ctx, { subjectId: line.split('/').at(-1) ?? '' }, { limit: 1 });
  expect(rows[0]?.after).toEqual({ evidence: answer.evidence });
});

test('an auditor reads the line and is offered nothing', async () => {
  const auditor = await county.agentOf('auditor');
  const { text, status } = await auditor.get(line);
  expect([status, text.includes('/answers')]).toEqual([200, false]);
  expect(text).not.toMatch(/(?<![0-9a-f])\d{16}/); // an address may hold sixteen digits in a row
});
