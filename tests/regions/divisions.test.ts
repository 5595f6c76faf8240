import type { Actor } from '../../server/kernel/context';
import { AppError } from '../../server/kernel/errors';
import { divisionFullName, divisionName, divisionsWithin, findDivisionOrThrow, villagesOf } from '../../server/regions';

test.each`
  scope             | villages
  ${'130499'}       | ${['130499101201', '130499101202', '130499201201']}
  ${'130499101'}    | ${['130499101201', '130499101202']}
  ${'130499201'}    | ${['130499201201']}
  ${'130499101202'} | ${['130499101202']}
  ${'130434'}       | ${[]}
  ${'1304991'}      | ${[]}
  ${''}             | ${[]}
`('the villages of "$scope" are $villages', ({ scope, villages }) => expect(villagesOf(scope)).toEqual(villages));

test('a scope holds itself and everything below, the higher first', () =>
  expect(divisionsWithin('130499101').map(({ code }) => code)).toEqual(['130499101', '130499101201', '130499101202']));

test.each`
  code              | locale     | name               | full
  ${'130499'}       | ${'zh-CN'} | ${'和安县'}        | ${'和安县'}
  ${'130499101'}    | ${'zh-CN'} | ${'安宁镇'}        | ${'安宁镇'}
  ${'130499101201'} | ${'zh-CN'} | ${'柳树村'}        | ${'安宁镇柳树村'}
  ${'130499201201'} | ${'en'}    | ${'Hewan Village'} | ${'Hewan Village, Qinghe Township'}
  ${'130434101201'} | ${'zh-CN'} | ${'130434101201'}  | ${'130434101201'}
  ${'shop-1'}       | ${'en'}    | ${'shop-1'}        | ${'shop-1'}
`('$code is $name, in full $full ($locale)', ({ code, locale, name, full }) => {
  expect(divisionName(code, locale)).toBe(name);
  expect(divisionFullName(code, locale)).toBe(full);
});

const officer = (scope: string): Actor => ({ id: 'usr_test', kind: 'person', grants: [{ role: 'townshipOfficer', scope }] });

test.each`
  scope             | code              | found    | why
  ${'130499101'}    | ${'130499101202'} | ${true}  | ${'in the township'}
  ${'130499101'}    | ${'130499201201'} | ${false} | ${'in another township'}
  ${'130499101201'} | ${'130499101'}    | ${false} | ${'above the village'}
  ${'130499'}       | ${'130499999'}    | ${false} | ${'not there'}
`('with reach $scope, $code is found: $found ($why)', ({ scope, code, found }) => {
  const attempt = () => findDivisionOrThrow({ actor: officer(scope) }, code);
  if (found) expect(attempt().code).toBe(code);
  else expect(attempt).toThrow(new AppError('not-found'));
});
