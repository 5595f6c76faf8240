import type { Actor, Context } from '../kernel/context';
import { covers, isDivisionCode } from '../kernel/division-code';
import type { Grant, Role } from '../kernel/roles';
import { anyOf, startingWith } from '../platform/mongo/operators';
import { may, type Permission, permissions, rolesWith, tokenScopes } from './permissions';

type Acting = Pick<Context, 'actor'>;

/**
 * The grants by which an actor acts: those that carry the permission, or without one that by which the guard of the route let the call
 * pass. So who reviews in one township and is a cadre or a villager in another reviews only in the first.
 */
export function grantsFor(actor: Pick<Actor, 'grants' | 'via' | 'token'>, permission?: Permission): readonly Grant[] {
  const by = permission ?? permissions.find((one) => one === actor.via);
  if (!by) return actor.grants.filter(({ role }) => carriesAllOf(actor.token, role));
  return may(actor, by) ? actor.grants.filter(({ role }) => rolesWith(by).includes(role)) : [];
}

/** Where everybody may pass, no guard has asked for a permission: there a token acts in a role only when it carries all that the role may. */
function carriesAllOf(token: Actor['token'], role: Role): boolean {
  return !token || tokenScopes.every((scope) => !rolesWith(scope).includes(role) || token.permissions.includes(scope));
}

/**
 * The places an actor acts for, as division codes; none for a shop clerk, donor or family. With a permission, only the places of grants
 * that carry it: who is a cadre of one village and a clerk elsewhere acts as each only there.
 */
export function reachOf(actor: Actor, permission?: Permission): readonly string[] {
  return grantsFor(actor, permission).flatMap(({ scope }) => (isDivisionCode(scope) ? [scope] : []));
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

/**
 * The same actor, acting by another permission than the route's: for a page that shows what several rooms may know. With `ledger.read`,
 * which is given for the whole county, everything that bears a number is known anyhow.
 */
export function actingBy(ctx: Context, permission: Permission): Context {
  const via = may(ctx.actor, 'ledger.read') ? 'ledger.read' : permission;
  return { ...ctx, actor: { ...ctx.actor, via } };
}

/** The organisations, shops or households that an actor acts for in a role: scopes of its grants. */
export function scopesOf(actor: Pick<Actor, 'grants' | 'via' | 'token'>, role: Role): readonly string[] {
  return grantsFor(actor)
    .filter((grant) => grant.role === role)
    .map(({ scope }) => scope);
}
