import { pieces, points } from '../../server/kernel/counts';
import { BrokenInvariant } from '../../server/kernel/errors';

test('zero has no sign', () => expect([points(-0), pieces(-0)]).toEqual([0, 0]));

test.each`
  count               | whole    | why
  ${0}                | ${true}  | ${'none'}
  ${46}               | ${true}  | ${'some'}
  ${-3}               | ${true}  | ${'a difference: three bags short'}
  ${2251799813685247} | ${true}  | ${'the ceiling, 2^51 - 1'}
  ${2251799813685248} | ${false} | ${'above it'}
  ${1.5}              | ${false} | ${'half a bag'}
  ${Number.NaN}       | ${false} | ${'no number'}
  ${'3'}              | ${false} | ${'text'}
`('$count is a count: $whole ($why)', ({ count, whole }) => {
  for (const read of [points, pieces]) {
    if (whole) expect(read(count)).toBe(count);
    else expect(() => read(count)).toThrow(BrokenInvariant);
  }
});
