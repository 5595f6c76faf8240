import type { Context } from '../kernel/context';
import type { Grant, Role } from '../kernel/roles';

/** A place, shop, organisation or household that a grant can be for. */
export interface ScopeChoice {
  id: string;
  name: string;
}

/** What a room knows about the scopes of some roles: `regions` about places, `supermarket` about shops. */
export interface ScopeSource {
  roles: readonly Role[];
  /** Names of scopes, in the reader's language; masked where they name a person. What is unknown is left out. */
  names(ctx: Context, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** What an administrator may choose from, for the forms; absent where nobody chooses (a household is bound by its own room). */
  choices?(ctx: Context, role: Role): Promise<readonly ScopeChoice[]>;
}

const byRoles = new Map<string, ScopeSource>(); // an app made twice in one process (tests) names them once

/** Lets the room that owns places, shops or organisations name them on the pages of people. */
export function nameScopes(source: ScopeSource): void {
  byRoles.set(source.roles.join(' '), source);
}

/** Names of the scopes of grants; a scope that nobody names stays its code. */
export async function scopeNames(ctx: Context, grants: readonly Grant[]): Promise<(grant: Grant) => string> {
  const named = new Map<string, string>();
  for (const source of byRoles.values()) {
    const ids = [...new Set(grants.filter(({ role }) => source.roles.includes(role)).map(({ scope }) => scope))];
    if (ids.length === 0) continue;
    for (const [id, name] of await source.names(ctx, ids)) named.set(id, name);
  }
  return ({ scope }) => named.get(scope) ?? scope;
}

/** What can be chosen as scope of a role. */
export async function scopeChoices(ctx: Context, role: Role): Promise<readonly ScopeChoice[]> {
  const asked = [...byRoles.values()].filter(({ roles }) => roles.includes(role));
  const found = await Promise.all(asked.map((source) => source.choices?.(ctx, role) ?? []));
  return found.flat();
}
