import type { Context } from '../kernel/context';
import { isLocalDate, type LocalDate, localDate, yearOf } from '../kernel/local-date';
import { z } from '../platform/validation/zod';
import { defineSetting, settingReader } from '../settings';
import { readCalendarText, writeCalendarText } from './calendar-text';
import { isWeekend, type WorkingCalendar, type YearCalendar } from './working-days';

const zDay = z
  .string()
  .refine(isLocalDate, 'setting.not-a-calendar')
  .transform((day) => day as LocalDate);
const zDays = z.array(zDay).max(120);

const zYearCalendar: z.ZodType<YearCalendar> = z
  .object({ published: z.boolean(), restDays: zDays, workDays: zDays })
  .superRefine((calendar, check) => {
    const days = [...calendar.restDays, ...calendar.workDays];
    const refuse = (message: string, params: Record<string, string> = {}) => check.addIssue({ code: 'custom', message, params });
    const twice = days.find((day, index) => days.indexOf(day) !== index);
    const weekday = calendar.workDays.find((day) => !isWeekend(day));
    if (twice) refuse('setting.twice', { day: twice });
    if (weekday) refuse('setting.wrong-weekday', { day: weekday });
    if (new Set(days.map(yearOf)).size > 1) refuse('setting.another-year');
  });

const year2025 = [
  '- 2025-01-01',
  '- 2025-01-28..2025-02-04',
  '- 2025-04-04..2025-04-06',
  '- 2025-05-01..2025-05-05',
  '- 2025-05-31..2025-06-02',
  '- 2025-10-01..2025-10-08',
  '+ 2025-01-26',
  '+ 2025-02-08',
  '+ 2025-04-27',
  '+ 2025-09-28',
  '+ 2025-10-11',
];
const year2026 = [
  '- 2026-01-01..2026-01-03',
  '- 2026-02-15..2026-02-23',
  '- 2026-04-04..2026-04-06',
  '- 2026-05-01..2026-05-05',
  '- 2026-06-19..2026-06-21',
  '- 2026-09-25..2026-09-27',
  '- 2026-10-01..2026-10-07',
  '+ 2026-01-04',
  '+ 2026-02-14',
  '+ 2026-02-28',
  '+ 2026-05-09',
  '+ 2026-09-20',
  '+ 2026-10-10',
];

const ofYear = (year: number, lines: readonly string[], sourceDoc: string) => ({
  value: readCalendarText(lines.join('\n')),
  from: localDate(`${year}-01-01`),
  to: localDate(`${year}-12-31`),
  sourceDoc,
});

/**
 * Rest days and weekend days at work, a version a year (2025 and 2026: the State Council's notices). 2027 is not published: weekends
 * only, and marked so; the published year takes its place before the first of January.
 */
export const workingDays = defineSetting({
  name: 'calendar',
  room: 'regions',
  unit: 'table',
  schema: zYearCalendar,
  sample: readCalendarText(year2026.join('\n')),
  sampleHistory: [
    ofYear(2025, year2025, '国务院办公厅关于2025年部分节假日安排的通知'),
    ofYear(2026, year2026, '国务院办公厅关于2026年部分节假日安排的通知'),
    ofYear(2027, ['?'], '2027年放假安排还没公布，先按周末算（演示）'),
  ],
  text: { read: readCalendarText, write: writeCalendarText },
});

/** The working days of a place, read once; pass it to `isWorkingDay` and `noticePeriod`. */
export async function workingCalendar(ctx: Pick<Context, 'ledger'>, place: string): Promise<WorkingCalendar> {
  const read = await settingReader(ctx, workingDays);
  return (day) => read({ day, place });
}
