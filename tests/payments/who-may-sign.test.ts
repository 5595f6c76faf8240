import { AidCase } from '../../server/aid/aid-case.model';
import { deactivatePerson } from '../../server/identity';
import { PaymentBatch } from '../../server/payments/payment-batch.model';
import { useCountyApp } from '../support/county-app';

const county = useCountyApp();

/** Name, and whether the person can sign, of each row of the list. */
function signersOn(html: string): string[] {
  const card = html.slice(html.search(/谁能[签批]<\/h2>/));
  const rows = card.slice(0, card.indexOf('</table>')).split('<tr>').slice(1);
  return rows.map((row) => [/<b>([^<]+)</.exec(row)?.[1], /(不能签|已签|能签)<\/span>/.exec(row)?.[1]].join(' '));
}

const pageFor = async (key: string, path: string) => (await (await county.agentOf(key)).get(path)).text;

test('a batch names who can sign it now to everybody, and calls nobody but the reader you', async () => {
  const batch = await PaymentBatch.findOne({ ledger: 'hean', 'state.name': 'checked' }).lean<PaymentBatch>();
  const path = `/payments/batches/${batch?._id}`;
  const others = ['马*强 不能签', '宋* 不能签', '孙* 不能签'];
  expect(signersOn(await pageFor('auditor', path))).toEqual(['吴* 能签', '郑* 能签', '周* 不能签', ...others]);
  expect(signersOn(await pageFor('finance-2', path))).toEqual(['吴* 能签', '郑*，您 能签', '周* 不能签', ...others]);
  expect(signersOn(await pageFor('finance-1', path))).toEqual(['吴* 能签', '郑* 能签', '周*，您 不能签', ...others]);
});

test('a case names the managers who can approve it, and not whoever has left', async () => {
  const reviewed = await AidCase.findOne({ ledger: 'hean', 'state.name': 'townshipReviewed' }).lean<AidCase>();
  const path = `/aid/cases/${reviewed?._id}`;
  const shown = signersOn(await pageFor('manager-1', path));
  expect(shown.filter((row) => row.endsWith(' 能签'))).toEqual(['陈*华，您 能签', '孙* 能签']);
  expect(shown.filter((row) => row.endsWith('不能签'))).toHaveLength(2); // who requested and who reviewed
  await deactivatePerson(county.stage.as('admin'), { id: county.stage.as('manager-2').actor.id, reason: '调走了' });
  expect(signersOn(await pageFor('manager-1', path))).not.toContain('孙* 能签');
});
