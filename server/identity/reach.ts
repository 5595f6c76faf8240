import type { Actor, Context } from '../kernel/context';
import { covers, isDivisionCode } from '../kernel/division-code';
import type { Role } from '../kernel/roles';
import { anyOf, startingWith } from '../platform/mongo/operators';
import { type Permission, rolesWith } from './permissions';

type Acting = Pick<Context, 'actor'>;

/**
 * The places an actor acts for, as division codes; none for a shop clerk, donor or family. With a permission, only the places of grants
 * that carry it: who is a cadre of one village and a clerk elsewhere acts as each only there.
 */
export function reachOf(actor: Actor, permission?: Permission): readonly string[] {
  const roles = permission && rolesWith(permission);
  return actor.grants.filter(({ role, scope }) => isDivisionCode(scope) && (roles?.includes(role) ?? true)).map(({ scope }) => scope);
}

/** Whether a place lies in the actor's reach. The system reaches everything. */
export function mayReach(actor: Actor, division: string, permission?: Permission): boolean {
  return actor.kind === 'system' || reachOf(actor, permission).some((scope) => covers(scope, division));
}

/**
 * What an actor may find, as a filter on documents whose `field` holds a division code: `Household.find({ ledger, $and: [within(ctx,
 * 'village', 'household.read')] })`. "Not yours" and "not there" are then the same 404 (DESIGN §3: found means allowed).
 */
export function within({ actor }: Acting, field: string, permission?: Permission): Record<string, unknown> {
  if (actor.kind === 'system') return {};
  const scopes = reachOf(actor, permission);
  if (scopes.length === 0) return { [field]: anyOf([]) };
  return { $or: scopes.map((scope) => ({ [field]: startingWith(scope) })) };
}

/** The organisations, shops or households that an actor acts for in a role: scopes of its grants. */
export function scopesOf(actor: Pick<Actor, 'grants'>, role: Role): readonly string[] {
  return actor.grants.filter((grant) => grant.role === role).map(({ scope }) => scope);
}
