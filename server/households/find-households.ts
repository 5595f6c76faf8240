import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { halfWidth } from '../kernel/half-width';
import { anyOf, operator, startingWith } from '../platform/mongo/operators';
import { type Page, pageOf } from '../platform/mongo/page-of';
import { Card } from './card.model';
import { parseCardNumber } from './card-number';
import { Household } from './household.model';
import { withinReach } from './household-reach';
import type { HouseholdFilters } from './households.inputs';

/** A household that the actor may act for, or 404: found means allowed. */
export async function findHouseholdOrThrow(ctx: Context, id: string): Promise<Household> {
  const found = await Household.findOne({ _id: id, ledger: ctx.ledger, $and: [withinReach(ctx)] }).lean<Household>();
  return found ?? fail('not-found');
}

/** Households within the actor's reach, by the sound of the head's name. */
export async function findHouseholds(ctx: Context, filters: HouseholdFilters): Promise<Page<Household>> {
  const filter = { ledger: ctx.ledger, $and: [withinReach(ctx), conditions(filters)] };
  return pageOf(Household, { filter, order: { village: 1, 'headKeys.sortKey': 1 } }, filters);
}

/** How many households the filters select, for the list's summary. */
export async function countHouseholds(ctx: Context, filters: HouseholdFilters): Promise<number> {
  return Household.countDocuments({ ledger: ctx.ledger, $and: [withinReach(ctx), conditions(filters)] });
}

/** Households by id, for pages that name them; those that are gone are left out. The caller has checked its own documents' reach. */
export async function householdsById(ctx: Context, ids: readonly string[]): Promise<Map<string, Household>> {
  const found = await Household.find({ ledger: ctx.ledger, _id: anyOf([...new Set(ids)]) }).lean<Household[]>();
  return new Map(found.map((household) => [household._id, household]));
}

/**
 * The household whose card this is, or undefined for a number that is none of ours or blocked. The card in hand is the permission: shops
 * and kiosks find households by it and in no other way.
 */
export async function findHouseholdByCard(ctx: Context, typed: string): Promise<Household | undefined> {
  const number = parseCardNumber(typed);
  if (!number) return undefined;
  const card = await Card.findOne({ _id: `${ctx.ledger}/${number}`, ledger: ctx.ledger, 'state.name': 'issued' }).lean<Card>();
  if (!card) return undefined;
  const household = await Household.findOne({ _id: card.household, ledger: ctx.ledger, 'state.name': 'active' }).lean<Household>();
  return household ?? undefined;
}

/** Whether a card of the household was blocked at or after a moment: whoever woke a kiosk with it before must not go on. */
export async function cardBlockedSince(ctx: Pick<Context, 'ledger'>, household: string, since: Date): Promise<boolean> {
  const blocked = { 'state.name': 'blocked', 'state.at': operator({ $gte: since }) } as const;
  return (await Card.exists({ ledger: ctx.ledger, household, ...blocked })) !== null;
}

/** The households behind surrogates, for pages that name the ledger's accounts. */
export async function householdsBySurrogate(ctx: Context, surrogates: readonly string[]): Promise<Map<string, Household>> {
  const found = await Household.find({ ledger: ctx.ledger, surrogate: anyOf(surrogates) }).lean<Household[]>();
  return new Map(found.map((household) => [household.surrogate, household]));
}

function conditions({ q, village, group }: HouseholdFilters): Record<string, unknown> {
  return {
    ...(village && { village: startingWith(village) }),
    ...(group && { 'monitored.group': group }),
    ...(q && searched(q)),
  };
}

/** By the head's name, its sound or first letters, or the number on the papers. */
function searched(q: string): Record<string, unknown> {
  const text = halfWidth(q).trim();
  const letters = text.toLowerCase().replace(/\s/g, '');
  return {
    $or: [
      { headName: startingWith(text) },
      { 'headKeys.initials': startingWith(letters) },
      { 'headKeys.spelling': startingWith(letters) },
      { number: text.toUpperCase() },
    ],
  };
}
