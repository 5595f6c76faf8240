import { BrokenInvariant } from '../../server/kernel/errors';
import { formatSeriesNumber, parseSeriesNumber } from '../../server/kernel/number-series';

test.each`
  series  | year    | number                 | text
  ${'D'}  | ${2026} | ${123}                 | ${'D-2026-000123'}
  ${'B'}  | ${2026} | ${7}                   | ${'B-2026-000007'}
  ${'D'}  | ${2027} | ${1}                   | ${'D-2027-000001'}
  ${'D'}  | ${2026} | ${999_999_999_999_999} | ${'D-2026-999999999999999'}
  ${'PO'} | ${2026} | ${999_999}             | ${'PO-2026-999999'}
  ${'D'}  | ${2026} | ${1_000_000}           | ${'D-2026-1000000'}
`('$text is number $number of $series in $year', ({ text, ...number }) => {
  expect(formatSeriesNumber(number)).toBe(text);
  expect(parseSeriesNumber(text)).toEqual(number);
});

test.each(['d-2026-000123', ' D-2026-000123 ', 'Ｄ－２０２６－０００１２３', 'D - 2026 - 000123'])('reads %s as people type it', (text) =>
  expect(parseSeriesNumber(text)).toEqual({ series: 'D', year: 2026, number: 123 }),
);

test.each`
  text                   | why
  ${'D-2026-123'}        | ${'too few digits'}
  ${'D-2026-0000123'}    | ${'two texts for one number'}
  ${'D-2026-000000'}     | ${'numbers begin at 1'}
  ${'D2026000123'}       | ${'no hyphens'}
  ${'D-26-000123'}       | ${'short year'}
  ${'-2026-000123'}      | ${'no series'}
  ${'ABCDE-2026-000123'} | ${'series too long'}
  ${'D-2026-000123:r1'}  | ${'more behind'}
  ${''}                  | ${'empty'}
`('does not read "$text": $why', ({ text }) => expect(parseSeriesNumber(text)).toBeUndefined());

test.each`
  series | year    | number  | why
  ${'d'} | ${2026} | ${1}    | ${'small letter'}
  ${''}  | ${2026} | ${1}    | ${'no series'}
  ${'D'} | ${26}   | ${1}    | ${'short year'}
  ${'D'} | ${2026} | ${0}    | ${'below 1'}
  ${'D'} | ${2026} | ${1e15} | ${'no room left'}
  ${'D'} | ${2026} | ${1.5}  | ${'no whole number'}
`('writes no number for $series, $year, $number: $why', ({ series, year, number }) =>
  expect(() => formatSeriesNumber({ series, year, number })).toThrow(BrokenInvariant),
);
