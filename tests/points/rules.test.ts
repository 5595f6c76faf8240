import { localDate, monthOf, shanghaiDay } from '../../server/kernel/local-date';
import { awardFor, roomLeft } from '../../server/points/award-for';
import { lastDayOf } from '../../server/points/last-day';

describe('caps (DOMAIN 9, PT2): a deed of 10 points under 10 a week, 40 a month, 700 a year', () => {
  const rooms = (week: number, month: number, year: number, reversed: number) => [
    roomLeft({ cap: 10, awarded: week }),
    roomLeft({ cap: 40, awarded: month, reversed }),
    roomLeft({ cap: 700, awarded: year }),
  ];

  test.each`
    week | month | year   | reversed | trim  | refuse | why
    ${0} | ${0}  | ${0}   | ${0}     | ${10} | ${10}  | ${'nothing was awarded before'}
    ${0} | ${35} | ${35}  | ${0}     | ${5}  | ${0}   | ${'5 are left in the month'}
    ${0} | ${40} | ${40}  | ${0}     | ${0}  | ${0}   | ${'the month is full'}
    ${0} | ${38} | ${38}  | ${5}     | ${7}  | ${0}   | ${'what was reversed opens room'}
    ${0} | ${20} | ${695} | ${0}     | ${5}  | ${0}   | ${'5 are left in the year'}
    ${6} | ${20} | ${20}  | ${0}     | ${4}  | ${0}   | ${'4 are left in the week'}
    ${0} | ${45} | ${45}  | ${0}     | ${0}  | ${0}   | ${'a cap that was lowered leaves no negative room'}
  `('gives $trim, or $refuse in mode refuse: $why', ({ week, month, year, reversed, trim, refuse }) => {
    expect(awardFor({ score: 10, rooms: rooms(week, month, year, reversed), mode: 'trim' })).toBe(trim);
    expect(awardFor({ score: 10, rooms: rooms(week, month, year, reversed), mode: 'refuse' })).toBe(refuse);
  });

  test('without a cap the score is the award', () => expect(awardFor({ score: 10, rooms: [], mode: 'refuse' })).toBe(10));

  test.each`
    done                      | month
    ${'2026-03-31T15:30:00Z'} | ${'2026-03'}
    ${'2026-03-31T16:30:00Z'} | ${'2026-04'}
  `('a deed of $done belongs to $month', ({ done, month }) => expect(monthOf(shanghaiDay(new Date(done)))).toBe(month));
});

describe('expiry (DOMAIN 9, PT4)', () => {
  test.each`
    mode         | deed            | awarded         | lastDay         | why
    ${'rolling'} | ${'2026-03-05'} | ${'2026-03-20'} | ${'2027-03-31'} | ${'the end of its month a year later'}
    ${'rolling'} | ${'2028-02-10'} | ${'2028-02-20'} | ${'2029-02-28'} | ${'February without a leap day'}
    ${'rolling'} | ${'2027-02-28'} | ${'2027-03-01'} | ${'2028-02-29'} | ${'February with a leap day'}
    ${'yearEnd'} | ${'2026-12-01'} | ${'2026-12-01'} | ${'2026-12-31'} | ${'the last day of the year is 30 days away'}
    ${'yearEnd'} | ${'2026-12-20'} | ${'2027-01-10'} | ${'2027-02-09'} | ${'30 days of grace after a late award'}
    ${'none'}    | ${'2026-12-20'} | ${'2027-01-10'} | ${undefined}    | ${'points never end'}
  `('$mode: a deed of $deed awarded on $awarded ends after $lastDay: $why', ({ mode, deed, awarded, lastDay }) => {
    const award = { mode, deedOn: localDate(deed), awardedOn: localDate(awarded), graceDays: 30 };
    expect(lastDayOf(award)).toBe(lastDay);
  });
});
