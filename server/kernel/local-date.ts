declare const localDateBrand: unique symbol;

/** A calendar day in China, `2026-11-24`. Compares and sorts as text. Never a point in time. */
export type LocalDate = string & { readonly [localDateBrand]: true };

const shape = /^(\d{4})-(\d{2})-(\d{2})$/;
const dayMs = 86_400_000;
const shanghaiOffsetMs = 8 * 3_600_000; // China has had one zone without summer time since 1991

/** True for a real day between 1900 and 2199 written as `YYYY-MM-DD`. */
export function isLocalDate(text: string): text is LocalDate {
  const parts = shape.exec(text);
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && year <= 2199 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Reads a day; throws RangeError when it is none. For input of people use the zod type of `platform/validation`. */
export function localDate(text: string): LocalDate {
  if (!isLocalDate(text)) throw new RangeError(`not a day: ${text}`);
  return text;
}

/** The day in Shanghai at a point in time. A day begins at 16:00Z of the day before (DOMAIN 0, periods). */
export function shanghaiDay(instant: Date): LocalDate {
  return new Date(instant.getTime() + shanghaiOffsetMs).toISOString().slice(0, 10) as LocalDate;
}

/** The first moment of a day in Shanghai. */
export function startOfDay(day: LocalDate): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) - shanghaiOffsetMs);
}

/** The day `days` later (earlier when negative). */
export function addDays(day: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10) as LocalDate;
}

/** The same day number `months` later; where the month has none, its last day (Civil Code 202). */
export function addMonths(day: LocalDate, months: number): LocalDate {
  const [year, month, dayNumber] = day.split('-').map(Number) as [number, number, number];
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(dayNumber, last));
  return first.toISOString().slice(0, 10) as LocalDate;
}

/** The last day of the day's month. */
export function endOfMonth(day: LocalDate): LocalDate {
  const [year, month] = day.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10) as LocalDate;
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs;
}

/** Monday of the day's week: the county's week begins on Monday. */
export function startOfWeek(day: LocalDate): LocalDate {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

/** The calendar year of a day. */
export function yearOf(day: LocalDate): number {
  return Number(day.slice(0, 4));
}

/** The month of a day as `2026-11`. */
export function monthOf(day: LocalDate): string {
  return day.slice(0, 7);
}
