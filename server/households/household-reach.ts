import type { Context } from '../kernel/context';
import { covers, isDivisionCode } from '../kernel/division-code';
import { fail } from '../kernel/errors';
import { startingWith } from '../platform/mongo/operators';

type Filter = Record<string, unknown>;

const nobody: Filter = { _id: 'nobody' };

/** What an actor may find, as a filter on documents that carry `village` and belong to a household (`field` holds its id). */
export function withinReach({ actor }: Pick<Context, 'actor'>, field = '_id'): Filter {
  if (actor.kind === 'system') return {};
  const reaches = actor.grants.flatMap(({ role, scope }): Filter[] => {
    if (role === 'household') return [{ [field]: scope }];
    return isDivisionCode(scope) ? [{ village: startingWith(scope) }] : [];
  });
  return reaches.length > 0 ? { $or: reaches } : nobody;
}

/** Whether an officer's region holds a village. */
export function reachesVillage({ actor }: Pick<Context, 'actor'>, village: string): boolean {
  return actor.kind === 'system' || actor.grants.some(({ scope }) => covers(scope, village));
}

/** @throws `not-found` for a village outside the actor's region. */
export function assertReachesVillage(ctx: Pick<Context, 'actor'>, village: string): void {
  if (!reachesVillage(ctx, village)) fail('not-found');
}
