import { AppError } from '../../server/kernel/errors';
import { localDate } from '../../server/kernel/local-date';
import type { SettingPeriod } from '../../server/kernel/setting-period';
import { afterFit, fitVersion } from '../../server/settings/fit-version';

const today = localDate('2026-11-24');

function period(from: string, to?: string, scope = '130499'): SettingPeriod {
  return { scope, effectiveFrom: localDate(from), ...(to === undefined ? {} : { effectiveTo: localDate(to) }) };
}

test.each`
  confirmed                                                     | proposed                                        | ends            | replaces        | why
  ${[]}                                                         | ${period('2020-04-01')}                         | ${undefined}    | ${undefined}    | ${'the first of a setting may begin in the past'}
  ${[period('2026-01-01')]}                                     | ${period('2026-11-25')}                         | ${'2026-11-24'} | ${undefined}    | ${'the number in force ends today'}
  ${[period('2026-01-01')]}                                     | ${period('2027-01-01')}                         | ${'2026-12-31'} | ${undefined}    | ${'it ends the day before'}
  ${[period('2026-01-01', '2026-12-31')]}                       | ${period('2027-01-01')}                         | ${undefined}    | ${undefined}    | ${'it had ended already'}
  ${[period('2026-01-01', '2027-12-31')]}                       | ${period('2027-01-01', '2027-06-30')}           | ${'2026-12-31'} | ${undefined}    | ${'one inside the other: the rest is open'}
  ${[period('2026-01-01', '2026-12-31'), period('2027-01-01')]} | ${period('2027-01-01')}                         | ${undefined}    | ${'2027-01-01'} | ${'a correction before the first day'}
  ${[period('2024-01-01')]}                                     | ${period('2027-01-01', undefined, '130499101')} | ${undefined}    | ${undefined}    | ${'a township has its own from then on'}
  ${[period('2024-01-01', undefined, '130499101')]}             | ${period('2020-01-01')}                         | ${undefined}    | ${undefined}    | ${'the county sets what only a township had'}
  ${[period('2025-01-01')]}                                     | ${period('2023-01-01', '2024-12-31')}           | ${undefined}    | ${undefined}    | ${'years before the first, where nothing was in force'}
`('$why', ({ confirmed, proposed, ends, replaces }) => {
  const fit = fitVersion(confirmed, proposed, today);
  expect(fit.ends?.on).toBe(ends);
  expect(fit.replaces?.effectiveFrom).toBe(replaces);
});

test.each`
  confirmed                                                     | proposed                                        | path               | code                               | why
  ${[]}                                                         | ${period('2027-01-01', '2026-12-31')}           | ${'effectiveTo'}   | ${'setting.ends-before-it-begins'} | ${'ends before it begins'}
  ${[period('2026-01-01')]}                                     | ${period('2026-11-24')}                         | ${'effectiveFrom'} | ${'setting.from-tomorrow'}         | ${'today has its number'}
  ${[period('2026-01-01')]}                                     | ${period('2020-01-01')}                         | ${'effectiveFrom'} | ${'setting.from-tomorrow'}         | ${'would cover days that have passed'}
  ${[period('2026-01-01')]}                                     | ${period('2026-03-01', undefined, '130499101')} | ${'effectiveFrom'} | ${'setting.from-tomorrow'}         | ${'the county number held there'}
  ${[period('2025-01-01')]}                                     | ${period('2023-01-01', '2025-01-01')}           | ${'effectiveFrom'} | ${'setting.from-tomorrow'}         | ${'one past day in common'}
  ${[period('2026-01-01', '2026-12-31'), period('2027-01-01')]} | ${period('2026-12-01')}                         | ${'effectiveTo'}   | ${'setting.overlaps'}              | ${'runs into the next one'}
  ${[period('2027-01-01')]}                                     | ${period('2026-11-25')}                         | ${'effectiveTo'}   | ${'setting.overlaps'}              | ${'open end before a set one'}
  ${[period('2027-01-01')]}                                     | ${period('2026-01-01')}                         | ${'effectiveTo'}   | ${'setting.overlaps'}              | ${'a late start that runs into the next one'}
`('is refused at $path: $why', ({ confirmed, proposed, path, code }) => {
  const attempt = () => fitVersion(confirmed, proposed, today);
  expect(attempt).toThrow(AppError);
  expect(attempt).toThrow(expect.objectContaining({ issues: [expect.objectContaining({ path, code })] }));
});

test('after a new version no day has two', () => {
  const old = period('2026-01-01');
  const proposed = period('2027-01-01');
  expect(afterFit([old], proposed, fitVersion([old], proposed, today))).toEqual([period('2026-01-01', '2026-12-31'), proposed]);
});
