import { isLocalDate, localDate } from '../../server/kernel/local-date';
import { commonArea } from '../../server/notices/notice-area';
import { noticeCalendar } from '../../server/notices/notice-calendar';

const weekday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay() % 6 !== 0;

test('the calendar counts working days after the day of posting, in whole weeks from Monday', () => {
  const days = noticeCalendar({ postedOn: localDate('2026-11-24'), lastDay: localDate('2026-12-03'), countFirstDay: false }, weekday);
  expect(days).toHaveLength(14);
  expect(days.every(({ day }) => isLocalDate(day))).toBe(true);
  expect(days.map(({ kind, nth }) => nth ?? kind)).toEqual([
    'blank',
    'first',
    1,
    2,
    3,
    'rest',
    'rest',
    4,
    5,
    6,
    7,
    'blank',
    'blank',
    'blank',
  ]);
  expect(days.find(({ kind }) => kind === 'last')).toMatchObject({ day: '2026-12-03', nth: 7 });
});

test.each`
  villages                            | area
  ${['130499101201']}                 | ${'130499101201'}
  ${['130499101201', '130499101202']} | ${'130499101'}
  ${['130499101201', '130499201201']} | ${'130499'}
`('$villages lie in $area', ({ villages, area }) => {
  expect(commonArea(villages)).toBe(area);
});
