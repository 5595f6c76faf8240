import type { LocalDate } from '../kernel/local-date';
import { afterFit, type Fit, fitVersion } from './fit-version';
import { assertChecks, checksOf } from './setting-checks';
import type { SettingVersion } from './setting-version.model';

type Proposed = Pick<SettingVersion, '_id' | 'name' | 'value' | 'scope' | 'effectiveFrom' | 'effectiveTo'>;

/**
 * Whether a version may stand among the county's confirmed ones: no overlap, no change of a day that has come, no broken rule between
 * numbers. Gives what it ends or replaces. @throws AppError `input.invalid` at the field.
 */
export function assertMayStand(standing: readonly SettingVersion[], proposed: Proposed, today: LocalDate): Fit<SettingVersion> {
  const confirmed = standing.filter(({ state }) => state.name === 'confirmed');
  const own = confirmed.filter(({ name }) => name === proposed.name);
  const fit = fitVersion(own, proposed, today);
  const others = confirmed.filter(({ name }) => name !== proposed.name);
  assertChecks(checksOf(proposed.name), [...others, ...afterFit<Proposed>(own, proposed, fit)], proposed);
  return fit;
}
