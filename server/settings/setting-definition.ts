import { invariant } from '../kernel/errors';
import type { LocalDate } from '../kernel/local-date';
import type { z } from '../platform/validation/zod';

/**
 * What a number counts; it decides how the number is typed and shown. `fen` and `fenPerPerson` are typed in yuan, `percent` is kept in
 * basis points and typed in percent, `choice` and `yesNo` are picked, `table` is anything with parts (bands, tiers, a calendar).
 */
export const settingUnits = [
  'fen',
  'fenPerPerson',
  'points',
  'pieces',
  'rows',
  'times',
  'households',
  'years',
  'months',
  'days',
  'workingDays',
  'minutes',
  'seconds',
  'percent',
  'yesNo',
  'choice',
  'table',
] as const;
type SettingUnit = (typeof settingUnits)[number];

/** A version that the sample county sets; without `to` it holds until further notice. */
export interface SampleVersion<Value> {
  value: Value;
  from: LocalDate;
  to?: LocalDate;
  /** Without one the seed names its own document. */
  sourceDoc?: string;
}

/** A table as people type it: a few plain lines instead of JSON. `read` gives what the schema then checks. */
interface TableText<Value> {
  read(text: string): unknown;
  write(value: Value): string;
}

/** One number of policy: its name, what it counts, what it may be. Its words are `settings:number.<name>` in `locales/`. */
export interface SettingDefinition<Value> {
  /** As in DOMAIN: `topUp.yearCap`. */
  readonly name: string;
  /** The room that decides by it. */
  readonly room: string;
  readonly unit: SettingUnit;
  /** What a value may be. Its output must pass it again, since values are checked when they are written and when they are read. */
  readonly schema: z.ZodType<Value>;
  /** DOMAIN's figure. */
  readonly sample: Value;
  /** All versions of the sample county, oldest first, for a number that has changed; otherwise it has only `sample`. */
  readonly sampleHistory?: readonly SampleVersion<Value>[];
  /** The values of a `choice`; their words are `settings:choice.<name>.<value>`. */
  readonly choices?: readonly string[];
  readonly text?: TableText<Value>;
}

const defined = new Map<string, SettingDefinition<unknown>>();

/**
 * Registers a number of policy. A room does it once, in a file of its own (`<room>.settings.ts`), and reads it by `settingInForce`.
 *
 * ```ts
 * export const topUpYearCap = defineSetting({ name: 'topUp.yearCap', room: 'aid', unit: 'fen', schema: zFen(), sample: fen(6_000_00) });
 * ```
 */
export function defineSetting<Schema extends z.ZodType>(
  definition: Omit<SettingDefinition<z.output<Schema>>, 'schema'> & { schema: Schema },
): SettingDefinition<z.output<Schema>> {
  const { name, unit, choices } = definition;
  invariant(/^[a-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)*$/.test(name) && name.length <= 60, 'settings.name-is-plain', { name });
  invariant(!defined.has(name), 'settings.name-is-one-of-a-kind', { name });
  invariant((unit === 'choice') === (choices !== undefined), 'settings.choice-names-its-choices', { name });
  const checked = definition as unknown as SettingDefinition<z.output<Schema>>;
  defined.set(name, checked);
  return checked;
}

/** All numbers of policy that the loaded rooms know, by room and name. */
export function settingDefinitions(): readonly SettingDefinition<unknown>[] {
  return [...defined.values()].sort((a, b) => compare(a.room, b.room) || compare(a.name, b.name));
}

/** The number of a name, or undefined. */
export function settingDefinition(name: string): SettingDefinition<unknown> | undefined {
  return defined.get(name);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
