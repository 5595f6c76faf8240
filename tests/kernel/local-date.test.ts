import {
  addDays,
  addMonths,
  daysBetween,
  endOfMonth,
  isLocalDate,
  localDate,
  monthOf,
  shanghaiDay,
  startOfDay,
  startOfWeek,
  yearOf,
} from '../../server/kernel/local-date';

test.each`
  text                      | real
  ${'2026-11-24'}           | ${true}
  ${'2024-02-29'}           | ${true}
  ${'2026-02-29'}           | ${false}
  ${'1900-02-29'}           | ${false}
  ${'2000-02-29'}           | ${true}
  ${'2026-04-31'}           | ${false}
  ${'2026-13-01'}           | ${false}
  ${'2026-00-10'}           | ${false}
  ${'2026-01-00'}           | ${false}
  ${'1900-01-01'}           | ${true}
  ${'1899-12-31'}           | ${false}
  ${'2199-12-31'}           | ${true}
  ${'2200-01-01'}           | ${false}
  ${'2026-1-1'}             | ${false}
  ${'2026/01/01'}           | ${false}
  ${'2026-01-01T00:00:00Z'} | ${false}
  ${' 2026-01-01'}          | ${false}
  ${''}                     | ${false}
`('$text is a day: $real', ({ text, real }) => {
  expect(isLocalDate(text)).toBe(real);
  if (real) expect(localDate(text)).toBe(text);
  else expect(() => localDate(text)).toThrow(RangeError);
});

test.each`
  instant                       | day
  ${'2026-03-31T15:30:00.000Z'} | ${'2026-03-31'}
  ${'2026-03-31T15:59:59.999Z'} | ${'2026-03-31'}
  ${'2026-03-31T16:00:00.000Z'} | ${'2026-04-01'}
  ${'2026-03-31T16:30:00.000Z'} | ${'2026-04-01'}
  ${'2025-12-31T16:00:00.000Z'} | ${'2026-01-01'}
  ${'2024-02-28T16:00:00.000Z'} | ${'2024-02-29'}
`('$instant is $day in Shanghai', ({ instant, day }) => expect(shanghaiDay(new Date(instant))).toBe(day));

test.each`
  day             | start
  ${'2026-04-01'} | ${'2026-03-31T16:00:00.000Z'}
  ${'2026-01-01'} | ${'2025-12-31T16:00:00.000Z'}
`('$day begins at $start', ({ day, start }) => {
  expect(startOfDay(day).toISOString()).toBe(start);
  expect(shanghaiDay(startOfDay(day))).toBe(day);
  expect(shanghaiDay(new Date(startOfDay(day).getTime() - 1))).toBe(addDays(day, -1));
});

test.each`
  day             | months | result          | why
  ${'2026-03-05'} | ${12}  | ${'2027-03-05'} | ${'status of 2026-03-05 holds to 2027-03-05 (RE)'}
  ${'2026-01-10'} | ${6}   | ${'2026-07-10'} | ${'elimination opens the day after (MO6)'}
  ${'2026-08-31'} | ${6}   | ${'2027-02-28'} | ${'no 31 February: month end (MO6)'}
  ${'2026-11-30'} | ${3}   | ${'2027-02-28'} | ${'report within 3 months of the end (TR1)'}
  ${'2026-01-15'} | ${3}   | ${'2026-04-15'} | ${'every 3 months (TR1)'}
  ${'2023-11-29'} | ${3}   | ${'2024-02-29'} | ${'29 February of a leap year'}
  ${'2024-02-29'} | ${12}  | ${'2025-02-28'} | ${'29 February has no anniversary'}
  ${'2024-02-29'} | ${48}  | ${'2028-02-29'} | ${'but for each fourth year'}
  ${'2026-03-31'} | ${-1}  | ${'2026-02-28'} | ${'backwards'}
  ${'2026-01-31'} | ${-2}  | ${'2025-11-30'} | ${'backwards over the year'}
  ${'2026-02-28'} | ${1}   | ${'2026-03-28'} | ${'the day number is kept, not the month end'}
  ${'2026-05-31'} | ${0}   | ${'2026-05-31'} | ${'nothing'}
`('$day and $months months is $result: $why', ({ day, months, result }) => expect(addMonths(day, months)).toBe(result));

test.each`
  start           | months | opens           | instant                       | why
  ${'2026-01-10'} | ${6}   | ${'2026-07-11'} | ${'2026-07-10T16:00:00.000Z'} | ${'monitored since, to be eliminated from (MO6)'}
  ${'2026-08-31'} | ${6}   | ${'2027-03-01'} | ${'2027-02-28T16:00:00.000Z'} | ${'the month has no 31st (MO6)'}
  ${'2023-08-31'} | ${6}   | ${'2024-03-01'} | ${'2024-02-29T16:00:00.000Z'} | ${'nor in a leap year'}
`('$months months from $start end at 24:00, so the next step opens on $opens: $why', ({ start, months, opens, instant }) => {
  const next = addDays(addMonths(start, months), 1);
  expect(next).toBe(opens);
  expect(startOfDay(next).toISOString()).toBe(instant);
});

test('the window of twelve months before 2026-03-15 begins 2025-03-15 and ends the day before (HH4)', () => {
  const applied = localDate('2026-03-15');
  expect([addMonths(applied, -12), addDays(applied, -1)]).toEqual(['2025-03-15', '2026-03-14']);
});

test.each`
  day             | days   | result          | why
  ${'2026-03-12'} | ${30}  | ${'2026-04-11'} | ${'a deal is told within 30 days (TR1)'}
  ${'2026-07-20'} | ${5}   | ${'2026-07-25'} | ${'emergency, every 5 days (TR1)'}
  ${'2026-06-08'} | ${7}   | ${'2026-06-15'} | ${'water mended within 7 days (RI1)'}
  ${'2026-06-08'} | ${5}   | ${'2026-06-13'} | ${'5 calendar days, the first not counted (NO)'}
  ${'2024-02-28'} | ${1}   | ${'2024-02-29'} | ${'leap day'}
  ${'2026-02-28'} | ${1}   | ${'2026-03-01'} | ${'no leap day'}
  ${'2026-12-31'} | ${1}   | ${'2027-01-01'} | ${'new year'}
  ${'2026-03-01'} | ${-1}  | ${'2026-02-28'} | ${'backwards'}
  ${'2026-01-01'} | ${365} | ${'2027-01-01'} | ${'a year'}
`('$day and $days days is $result: $why', ({ day, days, result }) => {
  expect(addDays(day, days)).toBe(result);
  expect(daysBetween(day, result)).toBe(days);
});

test.each`
  day             | monday
  ${'2026-11-23'} | ${'2026-11-23'}
  ${'2026-11-24'} | ${'2026-11-23'}
  ${'2026-11-29'} | ${'2026-11-23'}
  ${'2026-11-30'} | ${'2026-11-30'}
  ${'2026-01-01'} | ${'2025-12-29'}
`('the week of $day begins on $monday', ({ day, monday }) => expect(startOfWeek(day)).toBe(monday));

test.each`
  day             | end             | month        | year
  ${'2026-02-01'} | ${'2026-02-28'} | ${'2026-02'} | ${2026}
  ${'2024-02-29'} | ${'2024-02-29'} | ${'2024-02'} | ${2024}
  ${'2026-12-31'} | ${'2026-12-31'} | ${'2026-12'} | ${2026}
  ${'2026-04-15'} | ${'2026-04-30'} | ${'2026-04'} | ${2026}
`('$day lies in $month, which ends $end', ({ day, end, month, year }) => {
  expect(endOfMonth(day)).toBe(end);
  expect(monthOf(day)).toBe(month);
  expect(yearOf(day)).toBe(year);
});
