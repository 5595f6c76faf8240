import { grantsFor } from '../identity';
import type { Context } from '../kernel/context';
import { isDivisionCode } from '../kernel/division-code';
import { startingWith } from '../platform/mongo/operators';

type Filter = Record<string, unknown>;

const nothing: Filter = { _id: 'nobody' };

/**
 * What an actor may find, as a filter on documents that carry `village` and belong to a shop (`field` holds its id): clerks their shop,
 * officers what lies in their region.
 */
export function withinShops({ actor }: Pick<Context, 'actor'>, field = 'shop'): Filter {
  if (actor.kind === 'system') return {};
  const reaches = grantsFor(actor).flatMap(({ role, scope }): Filter[] => {
    if (role === 'shopClerk') return [{ [field]: scope }];
    return isDivisionCode(scope) && role !== 'household' ? [{ village: startingWith(scope) }] : [];
  });
  return reaches.length > 0 ? { $or: reaches } : nothing;
}
