import { covers } from '../kernel/division-code';
import { failField } from '../kernel/errors';
import { addDays, type LocalDate } from '../kernel/local-date';
import { holdsOn, overlaps, type SettingPeriod } from '../kernel/setting-period';

/** What a new version does to one that was confirmed before: it ends it, or takes its place before its first day. */
export interface Fit<Version extends SettingPeriod> {
  ends?: { version: Version; on: LocalDate };
  replaces?: Version;
}

/**
 * Whether a new version fits among the confirmed ones of its setting. What was in force on a day up to today stays so: a number
 * changes from tomorrow on, and an earlier first day is allowed only where no number was in force yet (docs/decisions/0004).
 * @throws AppError `input.invalid` at `effectiveFrom` or `effectiveTo`.
 */
export function fitVersion<Version extends SettingPeriod>(
  confirmed: readonly Version[],
  proposed: SettingPeriod,
  today: LocalDate,
): Fit<Version> {
  const { effectiveFrom, effectiveTo } = proposed;
  if (effectiveTo !== undefined && effectiveTo < effectiveFrom) failField('effectiveTo', 'setting.ends-before-it-begins');
  if (confirmed.some((version) => wasInForce(version, proposed, today))) {
    failField('effectiveFrom', 'setting.from-tomorrow', { day: addDays(today, 1) });
  }
  const fit: Fit<Version> = {};
  for (const version of confirmed.filter((other) => overlaps(other, proposed))) {
    if (version.effectiveFrom === effectiveFrom) fit.replaces = version;
    else if (version.effectiveFrom < effectiveFrom) fit.ends = { version, on: addDays(effectiveFrom, -1) };
    else failField('effectiveTo', 'setting.overlaps', { day: version.effectiveFrom, last: addDays(version.effectiveFrom, -1) });
  }
  return fit;
}

/** The versions as they stand once the new one is confirmed. */
export function afterFit<Version extends SettingPeriod>(
  confirmed: readonly Version[],
  proposed: Version,
  fit: Fit<Version>,
): readonly Version[] {
  const left = confirmed.filter((version) => version !== fit.replaces);
  return [...left.map((version) => (version === fit.ends?.version ? { ...version, effectiveTo: fit.ends.on } : version)), proposed];
}

/** Whether a version already held in the new one's place on a day of the new one that has come. */
function wasInForce(version: SettingPeriod, proposed: SettingPeriod, today: LocalDate): boolean {
  if (proposed.effectiveFrom > today || !covers(version.scope, proposed.scope)) return false;
  const firstCommon = [version.effectiveFrom, proposed.effectiveFrom].sort().at(-1) as LocalDate;
  return firstCommon <= today && holdsOn(version, firstCommon) && holdsOn(proposed, firstCommon);
}
