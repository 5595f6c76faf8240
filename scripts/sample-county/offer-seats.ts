import { registerDemoSeat, registerPerson } from '../../server/identity';
import { families } from './cast';
import { demoPassword } from './found-county';
import type { Family } from './settle-families';
import type { Stage } from './stage';

/** The seats of the sign-in page: three journeys as cards, the other offices as rows. */
export async function offerSeats(stage: Stage, settled: readonly Family[]): Promise<void> {
  const household = await seatOfHousehold(stage, settled);
  const officer = (key: string) => stage.as(key).actor;
  const seats = [
    { seat: 'donor', userId: officer('donor').id, role: 'donorOwner', icon: 'gift', landing: '/my/gifts', isCard: true },
    { seat: 'household', userId: household, role: 'household', icon: 'home-heart', landing: '/my/points', isCard: true },
    { seat: 'manager', userId: officer('manager-1').id, role: 'fundManager', icon: 'clipboard-check', landing: '/aid/cases', isCard: true },
    { seat: 'cadre', userId: officer('cadre-hewan').id, role: 'villageCadre', icon: 'leaf', landing: '/deeds/new' },
    { seat: 'township', userId: officer('township-qinghe').id, role: 'townshipOfficer', icon: 'building-community', landing: '/aid/cases' },
    { seat: 'finance', userId: officer('finance-1').id, role: 'financeOfficer', icon: 'cash-banknote', landing: '/payments/batches' },
    { seat: 'clerk', userId: officer('clerk-liushu').id, role: 'shopClerk', icon: 'basket', landing: '/shops' },
    { seat: 'auditor', userId: officer('auditor').id, role: 'auditor', icon: 'search', landing: '/ledger' },
    { seat: 'admin', userId: officer('admin').id, role: 'countyAdmin', icon: 'settings', landing: '/people' },
    { seat: 'managerTwo', userId: officer('manager-2').id, role: 'fundManager', icon: 'clipboard-check', landing: '/aid/cases' },
    { seat: 'financeTwo', userId: officer('finance-2').id, role: 'financeOfficer', icon: 'signature', landing: '/payments/batches' },
    { seat: 'financeThree', userId: officer('finance-3').id, role: 'financeOfficer', icon: 'signature', landing: '/payments/batches' },
  ] as const;
  for (const [rank, seat] of seats.entries()) {
    await registerDemoSeat(stage.system, { ...seat, firstTaskKey: `sample:task.${seat.seat}`, rank: rank + 1 });
  }
}

async function seatOfHousehold(stage: Stage, settled: readonly Family[]): Promise<string> {
  const [zhang] = families;
  const family = settled.find(({ key }) => key === zhang.key);
  if (!family) throw new Error('the family of the demo is not registered');
  const user = await registerPerson(stage.system, {
    name: zhang.head,
    mobile: zhang.mobile,
    password: demoPassword,
    grants: [{ role: 'household', scope: family.id }],
    requestKey: 'family-of-demo',
  });
  return user._id;
}
