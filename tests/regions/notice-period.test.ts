import { localDate } from '../../server/kernel/local-date';
import { noticePeriod } from '../../server/regions';
import { sampleCalendar } from './sample-calendar';

// DOMAIN 6, table "posted, length, last day", and the edges around it.
test.each`
  posted          | length | unit          | countFirstDay | roll     | lastDay         | opensOn         | why
  ${'2026-02-12'} | ${5}   | ${'working'}  | ${false}      | ${true}  | ${'2026-02-26'} | ${'2026-02-27'} | ${'Spring Festival, Saturday 14 works'}
  ${'2026-02-12'} | ${7}   | ${'working'}  | ${false}      | ${true}  | ${'2026-02-28'} | ${'2026-03-01'} | ${'Saturday 28 works'}
  ${'2026-04-29'} | ${7}   | ${'working'}  | ${false}      | ${true}  | ${'2026-05-12'} | ${'2026-05-13'} | ${'Labour Day, Saturday 9 works'}
  ${'2026-09-18'} | ${7}   | ${'working'}  | ${false}      | ${true}  | ${'2026-09-29'} | ${'2026-09-30'} | ${'Sunday 20 works'}
  ${'2026-09-28'} | ${5}   | ${'calendar'} | ${false}      | ${false} | ${'2026-10-03'} | ${'2026-10-04'} | ${'ends in the holiday'}
  ${'2026-09-28'} | ${5}   | ${'calendar'} | ${false}      | ${true}  | ${'2026-10-08'} | ${'2026-10-09'} | ${'rolls over the holiday'}
  ${'2026-06-08'} | ${5}   | ${'working'}  | ${false}      | ${true}  | ${'2026-06-15'} | ${'2026-06-16'} | ${'over a weekend'}
  ${'2026-06-08'} | ${5}   | ${'calendar'} | ${false}      | ${false} | ${'2026-06-13'} | ${'2026-06-14'} | ${'ends on a Saturday'}
  ${'2026-06-08'} | ${5}   | ${'calendar'} | ${false}      | ${true}  | ${'2026-06-15'} | ${'2026-06-16'} | ${'rolls to Monday'}
  ${'2026-06-08'} | ${5}   | ${'working'}  | ${true}       | ${true}  | ${'2026-06-12'} | ${'2026-06-13'} | ${'the day of posting counts'}
  ${'2026-06-08'} | ${5}   | ${'calendar'} | ${true}       | ${false} | ${'2026-06-12'} | ${'2026-06-13'} | ${'the day of posting counts'}
  ${'2026-06-08'} | ${1}   | ${'working'}  | ${false}      | ${true}  | ${'2026-06-09'} | ${'2026-06-10'} | ${'one day'}
  ${'2026-06-13'} | ${1}   | ${'working'}  | ${true}       | ${true}  | ${'2026-06-15'} | ${'2026-06-16'} | ${'posted on a Saturday, which cannot count'}
  ${'2025-12-30'} | ${3}   | ${'working'}  | ${false}      | ${true}  | ${'2026-01-05'} | ${'2026-01-06'} | ${'across the new year, Sunday 4 works'}
`(
  'posted $posted, $length $unit days, first day counts $countFirstDay, rolls $roll: to $lastDay ($why)',
  ({ posted, length, unit, countFirstDay, roll, lastDay, opensOn }) => {
    const end = noticePeriod(sampleCalendar, { posted: localDate(posted), length, unit, countFirstDay, roll });
    expect(end).toMatchObject({ lastDay, opensOn, provisional: false });
  },
);

const sevenDays = { length: 7, unit: 'working', countFirstDay: false, roll: true } as const;

test('the next step opens at midnight in Shanghai', () => {
  const { opensAt } = noticePeriod(sampleCalendar, { ...sevenDays, posted: localDate('2026-11-16') });
  expect(opensAt.toISOString()).toBe('2026-11-25T16:00:00.000Z'); // last day 25 November
});

test('a period that reaches an unpublished year says so, and names both calendars', () => {
  const end = noticePeriod(sampleCalendar, { ...sevenDays, posted: localDate('2026-12-28') });
  expect(end).toMatchObject({ lastDay: '2027-01-06', provisional: true, calendarVersions: ['calendar-2026-01-01', 'calendar-2027-01-01'] });
});

test('a period that leaves the known years is refused, not guessed', () => {
  expect(() => noticePeriod(sampleCalendar, { ...sevenDays, posted: localDate('2027-12-27') })).toThrow('rule.none-in-force');
});

test.each([0, -1, 1.5])('%d days are no period', (length) => {
  expect(() => noticePeriod(sampleCalendar, { ...sevenDays, length, posted: localDate('2026-06-08') })).toThrow('period.has-a-day');
});
