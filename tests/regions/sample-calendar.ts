import { fail } from '../../server/kernel/errors';
import type { LocalDate } from '../../server/kernel/local-date';
import type { WorkingCalendar } from '../../server/regions';
import { workingDays } from '../../server/regions/regions.settings';

/** The calendar of the sample county, 2025 to 2027, without a database. */
export const sampleCalendar: WorkingCalendar = (day: LocalDate) => {
  const version = workingDays.sampleHistory?.find(({ from, to }) => from <= day && to !== undefined && day <= to);
  return version ? { value: version.value, versionId: `calendar-${version.from}` } : fail('rule.none-in-force', { name: 'calendar', day });
};
