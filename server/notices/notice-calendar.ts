import { addDays, type LocalDate, startOfWeek } from '../kernel/local-date';

/** A square of the small calendar beside a notice: `nth` is its number among the days that count. */
export interface CalendarDay {
  day: LocalDate;
  kind: 'blank' | 'first' | 'counted' | 'last' | 'rest';
  nth?: number;
}

interface Hanging {
  postedOn: LocalDate;
  lastDay: LocalDate;
  countFirstDay: boolean;
}

/** Whole weeks from Monday around a notice, each day saying whether it counts. `counts` knows holidays and weekends at work. */
export function noticeCalendar({ postedOn, lastDay, countFirstDay }: Hanging, counts: (day: LocalDate) => boolean): CalendarDay[] {
  const days: CalendarDay[] = [];
  let nth = 0;
  for (let day = startOfWeek(postedOn); day <= lastDay || days.length % 7 !== 0; day = addDays(day, 1)) {
    if (day < postedOn || day > lastDay) days.push({ day, kind: 'blank' });
    else if (day === postedOn && !countFirstDay) days.push({ day, kind: 'first' });
    else if (!counts(day)) days.push({ day, kind: 'rest' });
    else {
      nth += 1;
      days.push({ day, kind: day === lastDay ? 'last' : 'counted', nth });
    }
  }
  return days;
}
