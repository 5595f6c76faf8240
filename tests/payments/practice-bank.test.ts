import { exportBatch, importResult, makeBatch } from '../../server/payments';
import { findLines } from '../../server/payments/find-payments';
import type { PaymentBatch } from '../../server/payments/payment-batch.model';
import { paymentsRoutes } from '../../server/payments/payments.routes';
import { practiceResult } from '../../server/payments/practice-bank';
import { maker, requestKey, secondSigner, signer, system, useAidCounty } from '../aid/aid-county';
import { approvedCase, family, giftOf, reviewedCase } from '../aid/aid-family';
import { sign } from '../aid/signing';

useAidCounty();

beforeAll(() => giftOf('D-2026-000001', 100_000));

async function exported(accounts: string[]): Promise<PaymentBatch> {
  const payables: string[] = [];
  for (const account of accounts) {
    payables.push((await approvedCase(await reviewedCase(await family({ heads: 4, income: { labour: 34_000 }, account }))))._id);
  }
  const batch = await makeBatch(maker, { requestKey: requestKey(), payables });
  for (const by of [signer, secondSigner]) await sign(by, batch);
  return exportBatch(maker, { id: batch._id });
}
const states = async ({ _id }: PaymentBatch) => (await findLines(system, _id)).map(({ state, reason }) => [state.name, reason]);

test('the bank of the demonstration answers with a file that is read in like a real one', async () => {
  const batch = await exported(['6225881414207430', '6288997715452584']);
  const { name, bytes } = await practiceResult(maker, { id: batch._id, answer: 'oneReturned' });
  expect(name).toBe(`${batch.number}-oneReturned.txt`);
  expect(await importResult(maker, { bytes })).toMatchObject({ paid: 1, returned: 1, quarantined: [] });
  expect(await states(batch)).toEqual([
    ['returned', '户名不符'],
    ['paid', undefined],
  ]);

  const { bytes: later } = await practiceResult(maker, { id: batch._id, answer: 'allPaid' });
  expect(await importResult(maker, { bytes: later })).toMatchObject({ quarantined: [] }); // what was answered stays as it was
  expect((await states(batch))[0]).toEqual(['returned', '户名不符']);
});

test('it answers nothing before the export, and outside a demonstration it is not there', async () => {
  const one = await approvedCase(await reviewedCase(await family({ heads: 4, income: { labour: 34_000 } })));
  const batch = await makeBatch(maker, { requestKey: requestKey(), payables: [one._id] });
  await expect(practiceResult(maker, { id: batch._id, answer: 'allPaid' })).rejects.toMatchObject({ code: 'state.not-allowed' });
  const paths = (demo: boolean) => JSON.stringify(paymentsRoutes({ demo }).pages.stack.map((layer) => layer.route?.path));
  expect(paths(true)).toContain('practice-results');
  expect(paths(false)).not.toContain('practice-results');
});
