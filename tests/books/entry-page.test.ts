import { entryPage } from '../../server/books/entry-page';
import { findEntries } from '../../server/ledger';
import { exportBatch, importResult, makeBatch } from '../../server/payments';
import { practiceResult } from '../../server/payments/practice-bank';
import type { Translate } from '../../server/platform/i18n/translator';
import { maker, requestKey, secondSigner, signer, system, useAidCounty } from '../aid/aid-county';
import { approvedCase, family, giftOf, reviewedCase } from '../aid/aid-family';
import { sign } from '../aid/signing';

useAidCounty();

const words = ((key: string) => key) as Translate;

test('money that reaches a family is read as an accountant does: debit what was owed, credit the bank, both less', async () => {
  await giftOf('D-2026-000001', 50_000);
  const { _id } = await approvedCase(await reviewedCase(await family({ heads: 4, income: { labour: 34_000 } })));
  const batch = await makeBatch(maker, { requestKey: requestKey(), payables: [_id] });
  for (const by of [signer, secondSigner]) await sign(by, batch);
  await exportBatch(maker, { id: batch._id });
  await importResult(maker, { bytes: (await practiceResult(maker, { id: batch._id, answer: 'allPaid' })).bytes });

  const [paid] = await findEntries(system, { kind: 'payment.paid' }, 1);
  const { groups } = await entryPage(system, words, paid?.seq ?? 0);
  const rows = groups.find(({ group }) => group === 'money')?.rows.map(({ side, less, more }) => [side, less, more]);
  expect(rows).toEqual([
    ['debit', '¥2,000.00', ''],
    ['credit', '¥2,000.00', ''],
  ]);

  const [gift] = await findEntries(system, { kind: 'test.gift' }, 1);
  const received = (await entryPage(system, words, gift?.seq ?? 0)).groups.find(({ group }) => group === 'money');
  expect(received?.rows.map(({ side, less, more }) => [side, less, more])).toEqual([
    ['debit', '', '¥50,000.00'],
    ['credit', '', '¥50,000.00'],
  ]);
});
