import { addDays, addMonths, endOfMonth, type LocalDate, localDate, yearOf } from '../kernel/local-date';

export const windowModes = ['rolling12', 'monthStart', 'annual'] as const;
export type WindowMode = (typeof windowModes)[number];

/** The days whose income counts; both included. */
export interface IncomeWindow {
  from: LocalDate;
  to: LocalDate;
}

/** The window of an application (DOMAIN 2, HH4; setting `income.window`). `annual` is the last year, 1 October to 30 September, that is over. */
export function incomeWindow(mode: WindowMode, appliedOn: LocalDate): IncomeWindow {
  switch (mode) {
    case 'rolling12':
      return { from: addMonths(appliedOn, -12), to: addDays(appliedOn, -1) };
    case 'monthStart': {
      const firstOfMonth = localDate(`${appliedOn.slice(0, 7)}-01`);
      return { from: addMonths(firstOfMonth, -12), to: endOfMonth(addDays(firstOfMonth, -1)) };
    }
    case 'annual': {
      const thisYear = annualWindow(yearOf(appliedOn));
      return thisYear.to < appliedOn ? thisYear : annualWindow(yearOf(appliedOn) - 1);
    }
  }
}

/** The income year that ends in a calendar year: 2019 is 2018-10-01 to 2019-09-30. */
export function annualWindow(year: number): IncomeWindow {
  return { from: localDate(`${year - 1}-10-01`), to: localDate(`${year}-09-30`) };
}
