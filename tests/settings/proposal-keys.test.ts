import { fen } from '../../server/kernel/money';
import { ensureIndexes } from '../../server/platform/mongo/indexes';
import { defineSetting, proposeSetting, zSettingFen, zSettingWhole } from '../../server/settings';
import { useTestKeys } from '../support/sign-in';
import { useTestDatabase } from '../support/test-database';
import { admin, manager, person, proposal } from './sample-settings';

defineSetting({ name: 'test.cap', room: 'settings', unit: 'fen', schema: zSettingFen(), sample: fen(6_000_00) });
defineSetting({ name: 'test.lease', room: 'settings', unit: 'points', schema: zSettingWhole(0, 1_000), sample: 20 });
defineSetting({ name: 'test.pinAbove', room: 'settings', unit: 'points', schema: zSettingWhole(0, 1_000), sample: 50 });

useTestDatabase();
useTestKeys();
beforeAll(ensureIndexes);

test("a key is its person's own: with it another person, or another county, does not get the first proposal", async () => {
  const asked = proposal({ name: 'test.lease', value: 20, effectiveFrom: '2026-12-01' });
  const first = await proposeSetting(admin, asked);
  const theirs = await proposeSetting(manager, { ...asked, name: 'test.pinAbove', value: 50 });
  expect(theirs).toMatchObject({ name: 'test.pinAbove', proposedBy: 'usr_manager' });
  const elsewhere = await proposeSetting(person('usr_admin', 'countyAdmin', '130499', 'other'), asked);
  expect(elsewhere).toMatchObject({ name: 'test.lease', ledger: 'other' });
  expect(new Set([first, theirs, elsewhere].map(({ _id }) => _id)).size).toBe(3);
});

test('a key that came with something else before is refused, not taken for done', async () => {
  const asked = proposal({ name: 'test.cap', value: '4000', effectiveFrom: '2026-12-01' });
  await proposeSetting(admin, asked);
  await expect(proposeSetting(admin, { ...asked, value: '4001' })).rejects.toMatchObject({ code: 'ledger.conflict' });
  const ending = { ...asked, effectiveTo: '2026-12-31' as never };
  await expect(proposeSetting(admin, ending)).rejects.toMatchObject({ code: 'ledger.conflict' });
});
