import type { Context } from '../kernel/context';
import { type AccountCode, classNameOf, type Unit } from './chart';
import type { DocumentRef } from './posting';

/** What people call an account or document, masked where it names a person, and the page that shows it. */
export interface Label {
  text: string;
  href?: string;
}

type AccountLabels = (ctx: Context, codes: readonly AccountCode[]) => Promise<ReadonlyMap<AccountCode, Label>>;
type DocumentLabels = (ctx: Context, ids: readonly string[]) => Promise<ReadonlyMap<string, Label>>;

/** Names of units by their code, such as `goods:<product>`. */
type UnitLabels = (ctx: Context, units: readonly Unit[]) => Promise<ReadonlyMap<Unit, Label>>;

const byOrigin: DocumentLabels[] = [];
const byClass = new Map<string, AccountLabels>();
const byType = new Map<string, DocumentLabels>();
const byUnit = new Map<string, UnitLabels>();

/** Lets the room that owns a class of accounts name them; without it, pages show the class and the code. */
export function nameAccounts(className: string, labels: AccountLabels): void {
  byClass.set(className, labels);
}

/** Lets the room that owns a type of business document name and link them. */
export function nameDocuments(type: string, labels: DocumentLabels): void {
  byType.set(type, labels);
}

/** Lets the room that owns a family of units (`goods`) name them. */
export function nameUnits(family: string, labels: UnitLabels): void {
  byUnit.set(family, labels);
}

/** Lets a room name the origins that it brought in: what a part of money is of, wherever it lies. Others are left out of the answer. */
export function nameOrigins(labels: DocumentLabels): void {
  byOrigin.push(labels);
}

/** Labels of origins, asked of all rooms that bring some in. */
export async function originLabels(ctx: Context, origins: readonly string[]): Promise<Map<string, Label>> {
  const found = await Promise.all(byOrigin.map((labels) => labels(ctx, [...new Set(origins)])));
  return new Map(found.flatMap((labels) => [...labels]));
}

/** Labels of units; money and points have words of their own and need none. */
export async function unitLabels(ctx: Context, units: Iterable<Unit>): Promise<Map<Unit, Label>> {
  return ask(
    ctx,
    [...units].map((unit) => [classNameOf(unit), unit, unit] as const),
    byUnit,
  );
}

/** Labels of accounts, asked of the rooms that own them, one call per class. */
export async function accountLabels(ctx: Context, codes: Iterable<AccountCode>): Promise<Map<AccountCode, Label>> {
  return ask(
    ctx,
    [...codes].map((code) => [classNameOf(code), code, code] as const),
    byClass,
  );
}

/** Labels of business documents by `type/id`. */
export async function documentLabels(ctx: Context, documents: Iterable<DocumentRef>): Promise<Map<string, Label>> {
  return ask(
    ctx,
    [...documents].map(({ type, id }) => [type, id, `${type}/${id}`] as const),
    byType,
  );
}

async function ask(
  ctx: Context,
  asked: readonly (readonly [group: string, id: string, key: string])[],
  owners: ReadonlyMap<string, AccountLabels | DocumentLabels | UnitLabels>,
): Promise<Map<string, Label>> {
  const labels = new Map<string, Label>();
  for (const group of new Set(asked.map(([name]) => name))) {
    const members = asked.filter(([name]) => name === group);
    const found = await owners.get(group)?.(ctx, [...new Set(members.map(([, id]) => id))]);
    for (const [, id, key] of members) {
      const label = found?.get(id);
      if (label) labels.set(key, label);
    }
  }
  return labels;
}
