import { covers } from './division-code';
import { fail, invariant } from './errors';
import type { LocalDate } from './local-date';

/** When and where one version of a policy number holds. Both days are included; without `effectiveTo` it holds until further notice. */
export interface SettingPeriod {
  /** A division code: the place and all in it. */
  scope: string;
  effectiveFrom: LocalDate;
  effectiveTo?: LocalDate;
}

/** Whether a version holds on a day. */
export function holdsOn(period: SettingPeriod, day: LocalDate): boolean {
  return period.effectiveFrom <= day && (period.effectiveTo === undefined || day <= period.effectiveTo);
}

/** Whether two versions would both hold somewhere on one day with equal right: the same scope and a day in common. */
export function overlaps(a: SettingPeriod, b: SettingPeriod): boolean {
  const aBeginsInTime = b.effectiveTo === undefined || a.effectiveFrom <= b.effectiveTo;
  const bBeginsInTime = a.effectiveTo === undefined || b.effectiveFrom <= a.effectiveTo;
  return a.scope === b.scope && aBeginsInTime && bBeginsInTime;
}

/**
 * The version of the setting `name` that holds in a place on a day, the nearest scope first (village before township before county).
 * Throws `rule.none-in-force` with name, place and day when there is none (DOMAIN 0): nothing is decided without a rule.
 */
export function versionInForce<Version extends SettingPeriod>(
  versions: readonly Version[],
  { name, place, day }: { name: string; place: string; day: LocalDate },
): Version {
  const holding = versions.filter((version) => covers(version.scope, place) && holdsOn(version, day));
  const [nearest, second] = holding.sort((a, b) => b.scope.length - a.scope.length);
  invariant(!nearest || nearest.scope !== second?.scope, 'settings.no-overlap', { name, place, day });
  return nearest ?? fail('rule.none-in-force', { name, place, day });
}
