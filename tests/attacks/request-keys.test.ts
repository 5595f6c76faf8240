import { invitePerson } from '../../server/identity/invite-person';
import { systemClock } from '../../server/kernel/clock';
import { county } from '../aid/aid-county';
import { testContext, useTestKeys } from '../support/sign-in';
import { useTestDatabase } from '../support/test-database';

useTestDatabase();
useTestKeys();
const ctx = testContext(systemClock);

test('an invitation sent again for somebody else under the same key does not show the first person’s link', async () => {
  const asked = { requestKey: 'invite-0001', role: 'fundManager', scope: county, until: undefined } as const;
  const first = await invitePerson(ctx, { ...asked, name: '陈建华', mobile: '13900001111' } as never);
  expect((await invitePerson(ctx, { ...asked, name: '陈建华', mobile: '13900001111' } as never)).user._id).toBe(first.user._id);
  await expect(invitePerson(ctx, { ...asked, name: '王秀英', mobile: '13900002222' } as never)).rejects.toMatchObject({
    code: 'ledger.conflict',
  });
  await expect(
    invitePerson(ctx, { ...asked, role: 'financeOfficer', name: '陈建华', mobile: '13900001111' } as never),
  ).rejects.toMatchObject({
    code: 'ledger.conflict',
  });
});
