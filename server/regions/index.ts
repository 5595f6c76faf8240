/** Places and working days: names of divisions, and periods counted by the State Council's calendar. */
export { countyCode, divisionFullName, divisionName, divisionsWithin, findDivisionOrThrow, villagesOf } from './divisions';
export { noticePeriod } from './notice-period';
export { workingCalendar } from './regions.settings';
export { isWorkingDay, type WorkingCalendar, workingDayOnOrAfter } from './working-days';
