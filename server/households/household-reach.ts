import { mayReach, scopesOf, within } from '../identity';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { anyOf } from '../platform/mongo/operators';

type Filter = Record<string, unknown>;

/**
 * What an actor may find, as a filter on documents that carry `village` and belong to a household (`field` holds its id): officers
 * within their region, a family itself.
 */
export function withinReach(ctx: Pick<Context, 'actor'>, field = '_id'): Filter {
  const own = scopesOf(ctx.actor, 'household');
  const region = within(ctx, 'village');
  return own.length > 0 ? { $or: [region, { [field]: anyOf(own) }] } : region;
}

/** @throws `not-found` for a village outside the actor's region. */
export function assertReachesVillage(ctx: Pick<Context, 'actor'>, village: string): void {
  if (!mayReach(ctx.actor, village)) fail('not-found');
}
