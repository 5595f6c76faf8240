import { covers, divisionCode, isDivisionCode, levelOf, parentOf } from '../../server/kernel/division-code';

test.each`
  code              | level           | parent
  ${'13'}           | ${'province'}   | ${undefined}
  ${'1304'}         | ${'prefecture'} | ${'13'}
  ${'130499'}       | ${'county'}     | ${'1304'}
  ${'130471'}       | ${'county'}     | ${'1304'}
  ${'441900'}       | ${'county'}     | ${'4419'}
  ${'130499101'}    | ${'township'}   | ${'130499'}
  ${'130499201'}    | ${'township'}   | ${'130499'}
  ${'130499101201'} | ${'village'}    | ${'130499101'}
`('$code is a $level in $parent', ({ code, level, parent }) => {
  expect(isDivisionCode(code)).toBe(true);
  expect(levelOf(divisionCode(code))).toBe(level);
  expect(parentOf(divisionCode(code))).toBe(parent);
});

test.each`
  text               | why
  ${'1304991'}       | ${'7 digits'}
  ${'130499101201x'} | ${'13 characters'}
  ${'13049x'}        | ${'a letter'}
  ${''}              | ${'empty'}
  ${'130499000000'}  | ${'a county padded to 12'}
  ${'130499101000'}  | ${'a township padded to 12'}
  ${'1300'}          | ${'a province padded to 4'}
  ${'130000'}        | ${'a province padded to 6'}
  ${'00'}            | ${'no province 00'}
  ${'１３０４９９'}  | ${'full width: codes come from lists'}
`('"$text" is no division: $why', ({ text }) => {
  expect(isDivisionCode(text)).toBe(false);
  expect(() => divisionCode(text)).toThrow(RangeError);
});

test.each`
  scope             | code              | covered  | why
  ${'130499'}       | ${'130499101201'} | ${true}  | ${'the county has the village'}
  ${'130499101'}    | ${'130499101201'} | ${true}  | ${'the township has the village'}
  ${'130499101201'} | ${'130499101201'} | ${true}  | ${'the village has itself'}
  ${'13'}           | ${'130499101201'} | ${true}  | ${'the province has all'}
  ${'130499201'}    | ${'130499101201'} | ${false} | ${'the other township'}
  ${'130499101202'} | ${'130499101201'} | ${false} | ${'the other village'}
  ${'130499101201'} | ${'130499101'}    | ${false} | ${'the village does not have its township'}
  ${'1304991'}      | ${'130499101201'} | ${false} | ${'no scope: 7 digits'}
  ${''}             | ${'130499101201'} | ${false} | ${'an empty scope reaches nothing'}
  ${'130499'}       | ${'1304991'}      | ${false} | ${'no place: 7 digits'}
`('$scope covers $code: $covered ($why)', ({ scope, code, covered }) => expect(covers(scope, code)).toBe(covered));
