import { invariant } from '../kernel/errors';
import type { Role } from '../kernel/roles';

/** What is counted: `CNY` (fen), `PTS`, `goods:<product>`, `allowance:<rule>`. */
export type Unit = string;
/** The side on which an account grows: what the county has is debit, what it owes, holds for others or has received is credit. */
export type Side = 'debit' | 'credit';
/** `<class>:<parts…>`; the parts are ids and codes, never a readable household number (an entry outlives a person's data). */
export type AccountCode = string;
/** `<class>:<parts…>` of a pool; its lots are accounts. */
export type PoolCode = string;

interface AccountClass {
  name: string;
  unit: Unit | ((parts: readonly string[]) => Unit);
  side: Side;
  /** The lowest balance, on the account's own side; `none` only for the outside world and for sums of income and spending. */
  floor: 0 | 'none';
  /** Its accounts are the lots of pools. */
  lots?: true;
  /** Its accounts are lots of pools of this class, under names of their own: whatever kind may draw from those pools may touch them. */
  lotsOf?: string;
}

interface AccountNames {
  (...parts: string[]): AccountCode;
  className: string;
}

/** A kind of entry. Only {@link defineKind} makes one, so an unregistered kind does not compile. */
export interface Kind {
  readonly name: string;
  readonly accounts: ReadonlySet<string>;
  readonly backdated: boolean;
  readonly by: ReadonlySet<Role | 'kiosk' | 'system'>;
}

/** A row of gapless numbers, allotted inside the commit. */
export interface Series {
  readonly name: string;
  readonly prefix: string;
  readonly digits: number;
  readonly yearly: boolean;
}

const classes = new Map<string, AccountClass>();
const kinds = new Map<string, Kind>();
const part = /^[A-Za-z0-9._~@-]+$/;

/** Adds a class of accounts to the chart and returns the function that names its accounts. */
export function defineAccounts(definition: Omit<AccountClass, 'lots'>): AccountNames {
  return addClass(definition);
}

function addClass(definition: AccountClass): AccountNames {
  invariant(!classes.has(definition.name), 'chart.class-once', { name: definition.name });
  classes.set(definition.name, definition);
  const names = (...parts: string[]): AccountCode => {
    for (const one of parts) invariant(part.test(one), 'chart.account-part', { class: definition.name });
    return [definition.name, ...parts].join(':');
  };
  return Object.assign(names, { className: definition.name });
}

/** Adds a class of pools; lots that a draw makes in such a pool bear the pool's code and their origin. Lots never go below 0. */
export function definePools(definition: Omit<AccountClass, 'floor' | 'lots'>): AccountNames {
  return addClass({ ...definition, floor: 0, lots: true });
}

/**
 * Registers a kind of entry or note: which classes of accounts it may touch, whether it may carry an earlier day, who may post it.
 * `kiosk` and `system` stand for actors that are no people.
 */
export function defineKind(definition: {
  name: string;
  accounts?: readonly AccountNames[];
  backdated?: boolean;
  by: readonly (Role | 'kiosk' | 'system')[];
}): Kind {
  invariant(!kinds.has(definition.name), 'chart.kind-once', { name: definition.name });
  const kind: Kind = {
    name: definition.name,
    accounts: new Set((definition.accounts ?? []).map((names) => names.className)),
    backdated: definition.backdated ?? false,
    by: new Set(definition.by),
  };
  kinds.set(kind.name, kind);
  return kind;
}

/** Defines a row of numbers; `yearly` starts again at 1 each year and puts the year into the number (`D-2026-000123`). */
export function defineSeries(series: { name: string; prefix: string; digits?: number; yearly?: boolean }): Series {
  return { digits: 6, yearly: true, ...series };
}

/** The names of all registered kinds, for filters and for the test that each has a label. */
export function kindNames(): string[] {
  return [...kinds.keys()].sort();
}

/** The names of all account classes, for the same. */
export function accountClassNames(): string[] {
  return [...classes.keys()].sort();
}

/** The class of an account or pool: the part before the first colon. */
export function classNameOf(code: AccountCode | PoolCode): string {
  const end = code.indexOf(':');
  return end < 0 ? code : code.slice(0, end);
}

/** True when the accounts of a code's class are lots, which no leg opens: a lot begins with what is put into it. */
export function holdsLots(code: AccountCode): boolean {
  return classes.get(classNameOf(code))?.lots ?? false;
}

/** Unit, side and floor of an account or pool by its class. A code outside the chart is a fault of ours. */
export function chartEntry(code: AccountCode | PoolCode): { unit: Unit; side: Side; floor: 0 | 'none' } {
  const accountClass = classes.get(classNameOf(code));
  invariant(accountClass, 'chart.known-class', { class: classNameOf(code) });
  const { unit, side, floor } = accountClass;
  return { unit: typeof unit === 'string' ? unit : unit(code.split(':').slice(1)), side, floor };
}

/** The class of pools that an account's class belongs to, or its own: what a kind must be allowed to touch. */
export function poolClassOf(code: AccountCode): string {
  const className = classNameOf(code);
  return classes.get(className)?.lotsOf ?? className;
}
