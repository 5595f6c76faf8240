import { findPerson } from '../identity';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { anyOf } from '../platform/mongo/operators';
import { PersonClaim, personClaimOf } from './person-claim.model';

/**
 * Nobody acts for the own family (Charity Law 2023, arts 14 and 59): who has the household's seat, or whose ID number is that of one of its
 * members. @throws `rule.own-household`.
 */
export async function assertNotOwnHousehold(ctx: Context, ...households: readonly string[]): Promise<void> {
  if (await isOwnHousehold(ctx, ...households)) fail('rule.own-household');
}

/** Whether the household, or one of several, is the actor's own, as far as the county knows. */
export async function isOwnHousehold(ctx: Context, ...households: readonly string[]): Promise<boolean> {
  if (ctx.actor.kind !== 'person') return false;
  if (ctx.actor.grants.some(({ role, scope }) => role === 'household' && households.includes(scope))) return true;
  const claim = await ownClaimId(ctx);
  return claim !== undefined && (await PersonClaim.exists({ _id: claim, ledger: ctx.ledger, household: anyOf(households) })) !== null;
}

/** The id under which the actor is claimed by a household; undefined while the county has not recorded the ID number. */
export async function ownClaimId(ctx: Context): Promise<string | undefined> {
  const hash = (await findPerson(ctx, ctx.actor.id))?.idNumberHash;
  return hash === undefined ? undefined : personClaimOf(ctx, hash);
}
