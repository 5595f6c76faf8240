import { localDate } from '../../server/kernel/local-date';
import { ensureIndexes } from '../../server/platform/mongo/indexes';
import { isWorkingDay, noticePeriod, workingCalendar } from '../../server/regions';
import { readCalendarText, writeCalendarText } from '../../server/regions/calendar-text';
import { workingDays } from '../../server/regions/regions.settings';
import { confirmSetting, enactSamples, proposeSetting } from '../../server/settings';
import { admin, clock, manager, proposal } from '../settings/sample-settings';
import { useTestKeys } from '../support/sign-in';
import { useTestDatabase } from '../support/test-database';

useTestDatabase();
useTestKeys();
beforeAll(async () => {
  clock.set('2026-11-24T02:00:00Z');
  await ensureIndexes();
  await enactSamples({ proposer: admin, confirmer: manager, scope: '130499' as never, sourceDoc: '演示', definitions: [workingDays] });
});

const village = '130499101201';
const across = { posted: localDate('2026-12-28'), length: 7, unit: 'working', countFirstDay: false, roll: true } as const;

test('the county counts by its own calendar, across the new year', async () => {
  const calendar = await workingCalendar(admin, village);
  expect(['2025-01-26', '2026-10-01', '2027-01-01'].map((day) => isWorkingDay(calendar, localDate(day)))).toEqual([true, false, true]);
  expect(noticePeriod(calendar, across)).toMatchObject({ lastDay: '2027-01-06', provisional: true });
});

test('the published year takes the place of the provisional one before it begins', async () => {
  const published = { name: 'calendar', value: '- 2027-01-01..2027-01-03', effectiveFrom: '2027-01-01', effectiveTo: '2027-12-31' };
  await confirmSetting(manager, { id: (await proposeSetting(admin, proposal(published)))._id });
  expect(noticePeriod(await workingCalendar(admin, village), across)).toMatchObject({ lastDay: '2027-01-07', provisional: false });
});

test('a place of another county has no calendar', async () => {
  const calendar = await workingCalendar(admin, '130434101201');
  expect(() => isWorkingDay(calendar, localDate('2026-11-24'))).toThrow('rule.none-in-force');
});

test.each`
  text                                        | published | rest                                          | work
  ${'- 2026-10-01..2026-10-03\n+ 2026-10-10'} | ${true}   | ${['2026-10-01', '2026-10-02', '2026-10-03']} | ${['2026-10-10']}
  ${'?'}                                      | ${false}  | ${[]}                                         | ${[]}
  ${'  -2026-01-01 \r\n\r\n'}                 | ${true}   | ${['2026-01-01']}                             | ${[]}
  ${''}                                       | ${true}   | ${[]}                                         | ${[]}
`('reads $text, and what it writes reads the same', ({ text, published, rest, work }) => {
  const read = readCalendarText(text);
  expect(read).toEqual({ published, restDays: rest, workDays: work });
  expect(readCalendarText(writeCalendarText(read))).toEqual(read);
});

test.each`
  value                           | code
  ${'2026-10-01'}                 | ${'setting.not-a-calendar'}
  ${'- 2026-02-30'}               | ${'setting.not-a-calendar'}
  ${'- 2026-10-07..2026-10-01'}   | ${'setting.not-a-calendar'}
  ${'- 2026-01-01..2026-12-31'}   | ${'setting.not-a-calendar'}
  ${'- 2026-10-01\n+ 2026-10-01'} | ${'setting.twice'}
  ${'+ 2026-10-09'}               | ${'setting.wrong-weekday'}
  ${'- 2026-10-01\n- 2027-01-01'} | ${'setting.another-year'}
`('refuses $value at the field: $code', async ({ value, code }) => {
  const asked = proposal({ name: 'calendar', value, effectiveFrom: '2028-01-01', effectiveTo: '2028-12-31' });
  await expect(proposeSetting(admin, asked)).rejects.toMatchObject({ issues: [expect.objectContaining({ path: 'value', code })] });
});
