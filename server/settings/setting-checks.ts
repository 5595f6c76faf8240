import { covers } from '../kernel/division-code';
import { AppError, failField } from '../kernel/errors';
import { addDays, type LocalDate } from '../kernel/local-date';
import { holdsOn, versionInForce } from '../kernel/setting-period';
import type { SettingDefinition } from './setting-definition';
import { storedValue } from './setting-in-force';
import type { SettingVersion } from './setting-version.model';

type ValuesOf<Definitions extends readonly SettingDefinition<unknown>[]> = {
  [Place in keyof Definitions]: Definitions[Place] extends SettingDefinition<infer Value> ? Value : never;
};

/** A rule between numbers: both may be sound alone and wrong together. */
export interface SettingCheck {
  readonly settings: readonly SettingDefinition<unknown>[];
  /** Message `errors:field.<code>`, shown at the new value. */
  readonly code: string;
  holds(...values: readonly unknown[]): boolean;
}

const checks: SettingCheck[] = [];

/**
 * Registers a rule between numbers; a version that would break it on any day or in any place is refused. The room of the highest level
 * among the settings does it: `defineSettingCheck([leasePoints, pinAbove], 'setting.lease-above-pin', (lease, pin) => lease <= pin)`.
 */
export function defineSettingCheck<const Definitions extends readonly SettingDefinition<unknown>[]>(
  settings: Definitions,
  code: string,
  holds: (...values: ValuesOf<Definitions>) => boolean,
): void {
  checks.push({ settings, code, holds: holds as SettingCheck['holds'] });
}

/** The checks that a number takes part in. */
export function checksOf(name: string): readonly SettingCheck[] {
  return checks.filter(({ settings }) => settings.some((setting) => setting.name === name));
}

type Version = Pick<SettingVersion, '_id' | 'name' | 'value' | 'scope' | 'effectiveFrom' | 'effectiveTo'>;

/**
 * Refuses a new version that breaks a rule with another number. `versions` are the confirmed ones of all its numbers, as they stand
 * with the new one. Asked on each day and in each place where the answer can change; where a number is missing there is no answer.
 * @throws AppError `input.invalid` at `value`.
 */
export function assertChecks(checksToHold: readonly SettingCheck[], versions: readonly Version[], proposed: Version): void {
  const turns = versions.flatMap(({ effectiveFrom, effectiveTo }) => [effectiveFrom, ...(effectiveTo ? [addDays(effectiveTo, 1)] : [])]);
  const days = [...new Set(turns)].filter((day) => holdsOn(proposed, day));
  const places = [...new Set(versions.map(({ scope }) => scope))].filter((scope) => covers(proposed.scope, scope));
  for (const check of checksToHold) {
    for (const day of days) {
      for (const place of places) {
        const values = valuesAt(check, versions, day, place);
        if (values && !check.holds(...values)) failField('value', check.code, { day });
      }
    }
  }
}

function valuesAt(check: SettingCheck, versions: readonly Version[], day: LocalDate, place: string): unknown[] | undefined {
  try {
    return check.settings.map((setting) => {
      const own = versions.filter(({ name }) => name === setting.name);
      return storedValue(setting, versionInForce(own, { name: setting.name, place, day }));
    });
  } catch (error) {
    if (error instanceof AppError && error.code === 'rule.none-in-force') return undefined;
    throw error;
  }
}
