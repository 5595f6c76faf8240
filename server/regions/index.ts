/** Places and working days: names of divisions, and periods counted by the State Council's calendar. */
export { type Division, divisionFullName, divisionName, divisionsWithin, findDivisionOrThrow, villagesOf } from './divisions';
export { noticePeriod, type Period, type PeriodEnd } from './notice-period';
export { workingCalendar } from './regions.settings';
export { isWorkingDay, type WorkingCalendar, workingDayOnOrAfter, type YearCalendar } from './working-days';
