import { searchTarget } from '../../server/dashboard/search-target';
import type { Role } from '../../server/kernel/roles';

const somebody = (role: Role) => ({ id: 'usr_a', kind: 'person' as const, grants: [{ role, scope: '130499' }] });

test.each`
  role                | typed                | leads
  ${'fundManager'}    | ${'A-2026-000412'}   | ${'/aid/cases?view=all&q=A-2026-000412'}
  ${'fundManager'}    | ${' d-2026-000123 '} | ${'/donations/gifts?q=d-2026-000123'}
  ${'financeOfficer'} | ${'B-2026-000007'}   | ${'/payments/batches'}
  ${'auditor'}        | ${'00048'}           | ${'/ledger/entries/48'}
  ${'villageCadre'}   | ${'张小明'}          | ${`/households?q=${encodeURIComponent('张小明')}`}
  ${'villageCadre'}   | ${'48'}              | ${'/households?q=48'}
  ${'countyAdmin'}    | ${'张小明'}          | ${undefined}
`('$role who types $typed is led to $leads', ({ role, typed, leads }) => {
  expect(searchTarget(somebody(role), typed)).toBe(leads);
});
