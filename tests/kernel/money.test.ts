import fc from 'fast-check';
import { BrokenInvariant } from '../../server/kernel/errors';
import { allocate, type Fen, fen, pct, sumFen } from '../../server/kernel/money';
import { largestAmount } from '../../server/kernel/whole-number';

const anyFen = fc.integer({ min: -largestAmount, max: largestAmount }).map(fen);
const paidFen = fc.integer({ min: 0, max: largestAmount }).map(fen);

test.each`
  amount               | whole    | why
  ${0}                 | ${true}  | ${'nothing'}
  ${-150000}           | ${true}  | ${'a loss'}
  ${2251799813685247}  | ${true}  | ${'the ceiling, 2^51 - 1'}
  ${2251799813685248}  | ${false} | ${'above it'}
  ${-2251799813685248} | ${false} | ${'below its mirror'}
  ${0.5}               | ${false} | ${'half a fen'}
  ${Number.NaN}        | ${false} | ${'no number'}
  ${Infinity}          | ${false} | ${'no end'}
  ${'100'}             | ${false} | ${'text'}
  ${2 ** 53}           | ${false} | ${'not exact'}
`('$amount is fen: $whole ($why)', ({ amount, whole }) => {
  if (whole) expect(fen(amount)).toBe(amount);
  else expect(() => fen(amount)).toThrow(BrokenInvariant);
});

test('zero has no sign', () => expect(Object.is(fen(-0), 0)).toBe(true));

test.each`
  amount           | bp       | share              | why
  ${2_200_000}     | ${5500}  | ${1_210_000}       | ${'55% of what is above 10,000 (RE, excess)'}
  ${500_000_000}   | ${1200}  | ${60_000_000}      | ${'12% of a profit of 5 million (DO6)'}
  ${1}             | ${5000}  | ${1}               | ${'half a fen rounds up'}
  ${1}             | ${4999}  | ${0}               | ${'less does not'}
  ${3}             | ${5000}  | ${2}               | ${'1.5 fen'}
  ${-1}            | ${5000}  | ${0}               | ${'half up is towards plus, also below zero'}
  ${-3}            | ${5000}  | ${-1}              | ${'-1.5 fen'}
  ${-1}            | ${5001}  | ${-1}              | ${'past the half'}
  ${12345}         | ${0}     | ${0}               | ${'no share'}
  ${12345}         | ${10000} | ${12345}           | ${'the whole'}
  ${largestAmount} | ${10000} | ${largestAmount}   | ${'the product passes 2^53'}
  ${largestAmount} | ${3333}  | ${750524877901293} | ${'and stays exact'}
`('$bp bp of $amount fen is $share: $why', ({ amount, bp, share }) => expect(pct(amount, bp)).toBe(share));

test('a share of whole basis points only', () => expect(() => pct(fen(100), 12.5)).toThrow(BrokenInvariant));

test('a share above the ceiling breaks an invariant', () => expect(() => pct(fen(largestAmount), 10001)).toThrow(BrokenInvariant));

test('a share is the rule of DOMAIN 0 in exact arithmetic', () => {
  fc.assert(
    fc.property(anyFen, fc.integer({ min: 0, max: 10_000 }), (amount, bp) => {
      const share = BigInt(pct(amount, bp)) * 10_000n;
      const exact = BigInt(amount) * BigInt(bp) + 5000n;
      expect(share <= exact && exact < share + 10_000n).toBe(true);
    }),
  );
});

test.each`
  total        | weights         | parts                          | why
  ${1_000_000} | ${[1, 1, 1]}    | ${[333_334, 333_333, 333_333]} | ${'10,000.00 by 3 (LI3)'}
  ${100_000}   | ${[2, 3, 2]}    | ${[28_572, 42_857, 28_571]}    | ${'1,000.00 at 2:3:2 (LI3)'}
  ${100}       | ${[1, 1, 1]}    | ${[34, 33, 33]}                | ${'a tie goes by order'}
  ${200}       | ${[1, 1, 1]}    | ${[67, 67, 66]}                | ${'two left over'}
  ${100}       | ${[1, 2]}       | ${[33, 67]}                    | ${'the larger remainder first'}
  ${1}         | ${[0, 1]}       | ${[0, 1]}                      | ${'no weight, no part'}
  ${0}         | ${[1, 2]}       | ${[0, 0]}                      | ${'nothing to split'}
  ${5}         | ${[7]}          | ${[5]}                         | ${'one takes all'}
  ${1_389_375} | ${[8000, 2000]} | ${[1_111_500, 277_875]}        | ${'13,893.75 at 80% (LI9)'}
`('$total fen by $weights: $why', ({ total, weights, parts }) => expect(allocate(total, weights)).toEqual(parts));

test.each`
  total  | weights       | why
  ${-1}  | ${[1]}        | ${'nothing below zero is split'}
  ${100} | ${[]}         | ${'nobody to take it'}
  ${100} | ${[0, 0]}     | ${'nobody has a weight'}
  ${100} | ${[1, -1]}    | ${'a negative weight'}
  ${100} | ${[0.5, 0.5]} | ${'weights are whole'}
`('$total fen by $weights breaks an invariant: $why', ({ total, weights }) =>
  expect(() => allocate(total as Fen, weights)).toThrow(BrokenInvariant),
);

test('parts sum to the whole, and none is a fen away from its share', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 40 }).filter((all) => all.some(Boolean));
  fc.assert(
    fc.property(paidFen, weights, (total, shares) => {
      const parts = allocate(total, shares);
      const whole = BigInt(shares.reduce((sum, share) => sum + share, 0));
      expect(sumFen(parts)).toBe(total);
      parts.forEach((part, order) => {
        const off = BigInt(part) * whole - BigInt(total) * BigInt(shares[order] ?? 0);
        expect(off < whole && -off < whole).toBe(true);
      });
    }),
  );
});

test('a sum is checked', () => {
  expect(sumFen([])).toBe(0);
  expect(sumFen([fen(320_000), fen(240_000), fen(225_000)])).toBe(785_000);
  expect(() => sumFen([fen(largestAmount), fen(1)])).toThrow(BrokenInvariant);
});
