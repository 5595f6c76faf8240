import { AppError } from '../../server/kernel/errors';
import { addDays, localDate } from '../../server/kernel/local-date';
import { isWorkingDay, workingDayOnOrAfter } from '../../server/regions';
import { sampleCalendar } from './sample-calendar';

test.each`
  day             | works    | why
  ${'2026-11-24'} | ${true}  | ${'a Tuesday'}
  ${'2026-11-28'} | ${false} | ${'a Saturday'}
  ${'2026-11-29'} | ${false} | ${'a Sunday'}
  ${'2026-10-01'} | ${false} | ${'a Thursday on holiday'}
  ${'2026-10-08'} | ${true}  | ${'the first Thursday after the holiday'}
  ${'2026-02-14'} | ${true}  | ${'a Saturday at work before Spring Festival'}
  ${'2026-02-28'} | ${true}  | ${'a Saturday at work after it'}
  ${'2026-09-20'} | ${true}  | ${'a Sunday at work'}
  ${'2026-05-09'} | ${true}  | ${'a Saturday at work after Labour Day'}
  ${'2025-01-26'} | ${true}  | ${'a Sunday at work in 2025'}
  ${'2025-10-08'} | ${false} | ${'the eighth day of the long holiday of 2025'}
  ${'2025-10-11'} | ${true}  | ${'a Saturday at work in 2025'}
  ${'2027-10-01'} | ${true}  | ${'a Friday of a year that is not published: weekends only'}
  ${'2027-10-02'} | ${false} | ${'a Saturday of that year'}
`('$day works: $works ($why)', ({ day, works }) => expect(isWorkingDay(sampleCalendar, localDate(day))).toBe(works));

test.each`
  year    | works  | why
  ${2025} | ${248} | ${'365 days, 104 weekend days, 18 holidays on weekdays, 5 weekend days at work'}
  ${2026} | ${248} | ${'365 days, 104 weekend days, 19 holidays on weekdays, 6 weekend days at work'}
`('$year has $works working days: $why', ({ year, works }) => {
  const days = Array.from({ length: 365 }, (_, index) => addDays(localDate(`${year}-01-01`), index));
  expect(days.filter((day) => isWorkingDay(sampleCalendar, day))).toHaveLength(works);
});

test.each`
  day             | next
  ${'2026-11-24'} | ${'2026-11-24'}
  ${'2026-10-01'} | ${'2026-10-08'}
  ${'2025-12-31'} | ${'2025-12-31'}
  ${'2026-01-01'} | ${'2026-01-04'}
`('the first working day from $day on is $next', ({ day, next }) => expect(workingDayOnOrAfter(sampleCalendar, localDate(day))).toBe(next));

test('a year that nobody has set stops the count', () => {
  const attempt = () => isWorkingDay(sampleCalendar, localDate('2028-01-03'));
  expect(attempt).toThrow(AppError);
  expect(attempt).toThrow(expect.objectContaining({ code: 'rule.none-in-force' }));
});
