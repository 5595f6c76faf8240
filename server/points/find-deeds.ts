import { withinReach } from '../households';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { anyOf, operator } from '../platform/mongo/operators';
import { type Page, pageOf } from '../platform/mongo/page-of';
import { Deed } from './deed.model';
import type { DeedFilters } from './points.inputs';

/** A deed within the actor's reach, or 404: found means allowed. */
export async function findDeedOrThrow(ctx: Context, id: string): Promise<Deed> {
  const found = await Deed.findOne({ _id: id, ledger: ctx.ledger, $and: [withinReach(ctx, 'household')] }).lean<Deed>();
  return found ?? fail('not-found');
}

/** Deeds in one state within the actor's reach, newest first. */
export async function findDeeds(ctx: Context, filters: DeedFilters): Promise<Page<Deed>> {
  const filter = { ledger: ctx.ledger, 'state.name': filters.view, $and: [withinReach(ctx, 'household')] };
  return pageOf(Deed, { filter, order: { recordedAt: -1 } }, filters);
}

/** How many deeds within reach are in each state. */
export async function countDeeds(ctx: Context): Promise<Record<string, number>> {
  const counted = await Deed.aggregate<{ _id: string; count: number }>([
    { $match: { ledger: ctx.ledger, $and: [withinReach(ctx, 'household')] } },
    { $group: { _id: '$state.name', count: { $sum: 1 } } },
  ]);
  return Object.fromEntries(counted.map(({ _id, count }) => [_id, count]));
}

/** How many deeds wait for this person: within reach, recorded by others. */
export async function countWaitingDeeds(ctx: Context): Promise<number> {
  const others = { recordedBy: operator({ $ne: ctx.actor.id }) };
  return Deed.countDocuments({ ledger: ctx.ledger, 'state.name': 'scored', $and: [withinReach(ctx, 'household'), others] });
}

/** The last deeds that a person recorded, newest first: whom the form offers first. */
export async function findDeedsRecordedBy(ctx: Pick<Context, 'ledger'>, person: string, limit: number): Promise<Deed[]> {
  return Deed.find({ ledger: ctx.ledger, recordedBy: person }).sort({ recordedAt: -1 }).limit(limit).lean<Deed[]>();
}

/** The last deeds of a household, newest first. The caller has found the household within reach. */
export async function findDeedsOf(ctx: Pick<Context, 'ledger'>, household: string, limit: number): Promise<Deed[]> {
  return Deed.find({ ledger: ctx.ledger, household }).sort({ day: -1, _id: -1 }).limit(limit).lean<Deed[]>();
}

/** Deeds by id, for pages that name what an award was given for. */
export async function deedsById(ctx: Pick<Context, 'ledger'>, ids: readonly string[]): Promise<Map<string, Deed>> {
  const found = await Deed.find({ ledger: ctx.ledger, _id: anyOf([...new Set(ids)]) }).lean<Deed[]>();
  return new Map(found.map((deed) => [deed._id, deed]));
}
