import type { Context } from '../kernel/context';
import { invariant } from '../kernel/errors';
import type { LocalDate } from '../kernel/local-date';
import { versionInForce } from '../kernel/setting-period';
import { findConfirmedVersions } from './find-setting-versions';
import type { SettingDefinition } from './setting-definition';
import type { SettingVersion } from './setting-version.model';

/** When and where a number is asked for: `place` is a division code, mostly the village of the case. */
export interface At {
  day: LocalDate;
  place: string;
}

/** A number with the version it comes from: a decision stores `versionId`, so that it can be replayed years later. */
export interface InForce<Value> {
  value: Value;
  versionId: string;
}

type Definitions = Readonly<Record<string, SettingDefinition<unknown>>>;
type AllInForce<Asked extends Definitions> = {
  [Key in keyof Asked]: Asked[Key] extends SettingDefinition<infer Value> ? InForce<Value> : never;
};

/**
 * The number that holds on a day in a place, the nearest scope first.
 * @throws AppError `rule.none-in-force` when none does: nothing is decided without a rule (DOMAIN 0).
 */
export async function settingInForce<Value>(
  ctx: Pick<Context, 'ledger'>,
  definition: SettingDefinition<Value>,
  at: At,
): Promise<InForce<Value>> {
  const { asked } = await settingsInForce(ctx, { asked: definition }, at);
  return asked as InForce<Value>;
}

/**
 * Several numbers for one day and place, read at one moment: `const { cap, minimum } = await settingsInForce(ctx, { cap: topUpYearCap,
 * minimum: topUpMinimum }, at)`. Read anew each time: a number in force today cannot change today, and one that was confirmed in
 * another process is seen by the next call.
 * @throws AppError `rule.none-in-force` with the name of the first that has none.
 */
export async function settingsInForce<const Asked extends Definitions>(
  ctx: Pick<Context, 'ledger'>,
  asked: Asked,
  at: At,
): Promise<AllInForce<Asked>> {
  const names = Object.values(asked).map(({ name }) => name);
  const versions = await findConfirmedVersions(ctx, names);
  const found = Object.entries(asked).map(([key, definition]) => {
    const own = versions.filter(({ name }) => name === definition.name);
    const version = versionInForce(own, { name: definition.name, ...at });
    return [key, { value: storedValue(definition, version), versionId: version._id }];
  });
  return Object.fromEntries(found) as AllInForce<Asked>;
}

/**
 * Reads a number once for many questions, such as a run over all households: `const cap = await settingReader(ctx, topUpYearCap)`, then
 * `cap({ day, place })` as often as needed, which throws like {@link settingInForce}.
 */
export async function settingReader<Value>(
  ctx: Pick<Context, 'ledger'>,
  definition: SettingDefinition<Value>,
): Promise<(at: At) => InForce<Value>> {
  const versions = await findConfirmedVersions(ctx, [definition.name]);
  return (at) => {
    const version = versionInForce(versions, { name: definition.name, ...at });
    return { value: storedValue(definition, version), versionId: version._id };
  };
}

/** The typed value of a stored version. What no longer fits the code that reads it is a fault of ours, never a guess. */
export function storedValue<Value>(definition: SettingDefinition<Value>, version: Pick<SettingVersion, '_id' | 'value'>): Value {
  const read = definition.schema.safeParse(version.value);
  invariant(read.success, 'settings.value-fits-its-schema', { name: definition.name, version: version._id });
  return read.data;
}
