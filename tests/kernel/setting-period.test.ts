import { AppError, BrokenInvariant } from '../../server/kernel/errors';
import { type LocalDate, localDate } from '../../server/kernel/local-date';
import { holdsOn, overlaps, type SettingPeriod, versionInForce } from '../../server/kernel/setting-period';

function period(from: string, to?: string, scope = '130499'): SettingPeriod {
  return { scope, effectiveFrom: localDate(from), ...(to === undefined ? {} : { effectiveTo: localDate(to) }) };
}

test.each`
  day             | holds    | why
  ${'2023-12-31'} | ${false} | ${'the day before'}
  ${'2024-01-01'} | ${true}  | ${'the first day is included'}
  ${'2024-12-31'} | ${true}  | ${'the last day is included'}
  ${'2025-01-01'} | ${false} | ${'the day after'}
`('2024-01-01..2024-12-31 holds on $day: $holds ($why)', ({ day, holds }) =>
  expect(holdsOn(period('2024-01-01', '2024-12-31'), day)).toBe(holds),
);

test.each`
  a                                     | b                                               | overlap  | why
  ${period('2024-01-01', '2024-12-31')} | ${period('2025-01-01', '2025-12-31')}           | ${false} | ${'one after the other'}
  ${period('2024-01-01', '2025-01-01')} | ${period('2025-01-01', '2025-12-31')}           | ${true}  | ${'one day in common'}
  ${period('2024-01-01')}               | ${period('2025-01-01', '2025-12-31')}           | ${true}  | ${'the first never ends'}
  ${period('2024-01-01')}               | ${period('2025-01-01')}                         | ${true}  | ${'neither ends'}
  ${period('2025-01-01')}               | ${period('2024-01-01', '2024-12-31')}           | ${false} | ${'the open one begins later'}
  ${period('2024-01-01', '2024-12-31')} | ${period('2024-03-01', '2024-03-31')}           | ${true}  | ${'one inside the other'}
  ${period('2024-01-01')}               | ${period('2024-01-01', undefined, '130499101')} | ${false} | ${'another scope: the nearer wins'}
`('overlap $overlap: $why', ({ a, b, overlap }) => {
  expect(overlaps(a, b)).toBe(overlap);
  expect(overlaps(b, a)).toBe(overlap);
});

const versions = [
  { id: 'county-2023', ...period('2023-01-01', '2023-12-31') },
  { id: 'county-2024', ...period('2024-01-01', '2024-12-31') },
  { id: 'township-2024', ...period('2024-06-01', '2024-06-30', '130499101') },
  { id: 'village-2024', ...period('2024-06-15', '2024-06-15', '130499101201') },
  { id: 'county-2026', ...period('2026-01-01') },
];
const pick = (place: string, day: string) => versionInForce(versions, { name: 'line.monitor', place, day: day as LocalDate }).id;

test.each`
  place             | day             | id                 | why
  ${'130499101201'} | ${'2023-12-31'} | ${'county-2023'}   | ${'last day of the old'}
  ${'130499101201'} | ${'2024-01-01'} | ${'county-2024'}   | ${'first day of the new'}
  ${'130499101201'} | ${'2024-06-14'} | ${'township-2024'} | ${'the township is nearer'}
  ${'130499101201'} | ${'2024-06-15'} | ${'village-2024'}  | ${'the village is nearest'}
  ${'130499101202'} | ${'2024-06-15'} | ${'township-2024'} | ${'another village'}
  ${'130499201201'} | ${'2024-06-15'} | ${'county-2024'}   | ${'another township'}
  ${'130499'}       | ${'2024-06-15'} | ${'county-2024'}   | ${'the county itself'}
  ${'130499101201'} | ${'2099-01-01'} | ${'county-2026'}   | ${'open-ended'}
`('in $place on $day $id holds: $why', ({ place, day, id }) => expect(pick(place, day)).toBe(id));

test.each`
  place             | day             | why
  ${'130499101201'} | ${'2025-06-01'} | ${'a year without a version'}
  ${'130499101201'} | ${'2022-12-31'} | ${'before the first'}
  ${'130434101201'} | ${'2024-06-15'} | ${'another county'}
  ${'1304'}         | ${'2024-06-15'} | ${'above the scope'}
`('in $place on $day none is in force: $why', ({ place, day }) => {
  const attempt = () => pick(place, day);
  expect(attempt).toThrow(AppError);
  expect(attempt).toThrow(expect.objectContaining({ code: 'rule.none-in-force', details: { name: 'line.monitor', place, day } }));
});

test('two versions with equal right are a broken invariant, never a guess', () => {
  const twice = [period('2024-01-01'), period('2024-02-01')];
  expect(() => versionInForce(twice, { name: 'line', place: '130499', day: localDate('2024-03-01') })).toThrow(BrokenInvariant);
});
