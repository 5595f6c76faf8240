import { may, mayReach, reachOf, scopesOf, within } from '../../server/identity';
import { isLive, isWaiting } from '../../server/identity/live-grants';
import { isOwnPath } from '../../server/identity/sign-in/return-to';
import type { Actor } from '../../server/kernel/context';
import { localDate } from '../../server/kernel/local-date';
import type { Grant } from '../../server/kernel/roles';

const actor = (...grants: Grant[]): Actor => ({ id: 'usr_a', kind: 'person', grants });
const anning = actor({ role: 'townshipOfficer', scope: '130499101' });
const both = actor({ role: 'villageCadre', scope: '130499101201' }, { role: 'shopClerk', scope: 'shp_01234567890123456789' });

test.each`
  place             | reached
  ${'130499101'}    | ${true}
  ${'130499101201'} | ${true}
  ${'130499201201'} | ${false}
  ${'130499'}       | ${false}
  ${'1304991012'}   | ${false}
  ${''}             | ${false}
`('an officer of 130499101 reaches $place: $reached', ({ place, reached }) => {
  expect(mayReach(anning, place)).toBe(reached);
});

test('only the places of grants that carry the permission count', () => {
  const mixed = actor({ role: 'villageCadre', scope: '130499101201' }, { role: 'departmentOfficer', scope: '130499' });
  expect(reachOf(mixed)).toEqual(['130499101201', '130499']);
  expect(reachOf(mixed, 'deed.record')).toEqual(['130499101201']);
  expect(mayReach(mixed, '130499201201', 'deed.record')).toBe(false);
  expect(mayReach(mixed, '130499201201', 'household.read')).toBe(true);
});

test('a shop is no place, and found as a scope of its role', () => {
  expect(reachOf(both)).toEqual(['130499101201']);
  expect(scopesOf(both, 'shopClerk')).toEqual(['shp_01234567890123456789']);
  expect(may(both, 'redemption.serve')).toBe(true);
});

test('who reaches nothing finds nothing, and the system everything', () => {
  expect(within({ actor: actor() }, 'village')).toMatchObject({ village: { $in: [] } });
  expect(within({ actor: { id: 'system:test', kind: 'system', grants: [] } }, 'village')).toEqual({});
  expect(within({ actor: both }, 'village', 'redemption.serve')).toMatchObject({ village: { $in: [] } });
});

test.each`
  from            | until           | ended    | counts   | why
  ${'2026-11-24'} | ${undefined}    | ${false} | ${true}  | ${'from its first day'}
  ${'2026-11-25'} | ${undefined}    | ${false} | ${false} | ${'not before it'}
  ${'2026-01-01'} | ${'2026-11-24'} | ${false} | ${true}  | ${'on its last day'}
  ${'2026-01-01'} | ${'2026-11-23'} | ${false} | ${false} | ${'not after it'}
  ${'2026-01-01'} | ${undefined}    | ${true}  | ${false} | ${'not when ended by hand'}
`('a grant counts $why', ({ from, until, ended, counts }) => {
  const grant = {
    role: 'villageCadre' as const,
    grantedBy: 'usr_admin',
    from,
    ...(until && { until }),
    ...(ended && { endedAt: new Date('2026-11-01T00:00:00Z') }),
  };
  expect(isLive(grant, localDate('2026-11-24'))).toBe(counts);
});

test.each`
  role                | grantedBy         | confirmedBy      | counts
  ${'fundManager'}    | ${'usr_admin'}    | ${undefined}     | ${false}
  ${'financeOfficer'} | ${'usr_admin'}    | ${undefined}     | ${false}
  ${'countyAdmin'}    | ${'usr_admin'}    | ${undefined}     | ${false}
  ${'countyAdmin'}    | ${'usr_admin'}    | ${'usr_manager'} | ${true}
  ${'countyAdmin'}    | ${'system:setup'} | ${undefined}     | ${true}
  ${'auditor'}        | ${'usr_admin'}    | ${undefined}     | ${true}
  ${'villageCadre'}   | ${'usr_admin'}    | ${undefined}     | ${true}
`('$role by $grantedBy, confirmed by $confirmedBy, counts: $counts', ({ role, grantedBy, confirmedBy, counts }) => {
  const grant = { role, grantedBy, from: '2026-11-24', ...(confirmedBy && { confirmedBy }) };
  expect(isLive(grant, localDate('2026-11-24'))).toBe(counts);
  expect(isWaiting(grant, localDate('2026-11-24'))).toBe(!counts);
});

test.each`
  path                       | own
  ${'/people?view=away'}     | ${true}
  ${'/'}                     | ${true}
  ${'//evil.example'}        | ${false}
  ${'/\\evil.example'}       | ${false}
  ${'/\tevil.example'}       | ${false}
  ${'https://evil.example/'} | ${false}
  ${'javascript:alert(1)'}   | ${false}
  ${'/a b'}                  | ${false}
  ${`/${'a'.repeat(400)}`}   | ${false}
  ${''}                      | ${false}
`('after the sign-in, $path is a page of ours: $own', ({ path, own }) => {
  expect(isOwnPath(path)).toBe(own);
});
