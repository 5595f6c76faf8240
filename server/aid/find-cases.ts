import { withinReach } from '../households';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { anyOf } from '../platform/mongo/operators';
import { AidCase } from './aid-case.model';
import { HouseholdAid } from './household-aid.model';

/** A case within the actor's reach, or 404. A family reaches its own. */
export async function findCaseOrThrow(ctx: Context, id: string): Promise<AidCase> {
  const found = await AidCase.findOne({ _id: id, ledger: ctx.ledger, $and: [withinReach(ctx, 'household')] }).lean<AidCase>();
  return found ?? fail('not-found');
}

/** The case with this number within the actor's reach, if any. */
export async function findCaseByNumber(ctx: Context, number: string): Promise<AidCase | undefined> {
  const filter = { ledger: ctx.ledger, number, $and: [withinReach(ctx, 'household')] };
  return (await AidCase.findOne(filter).lean<AidCase>()) ?? undefined;
}

/** Several cases within reach. @throws `not-found` when one of them is not. */
export async function findCasesOrThrow(ctx: Context, ids: readonly string[]): Promise<AidCase[]> {
  const filter = { ledger: ctx.ledger, _id: anyOf(ids), $and: [withinReach(ctx, 'household')] };
  const found = await AidCase.find(filter).sort({ submittedAt: 1, _id: 1 }).lean<AidCase[]>();
  return found.length === new Set(ids).size ? found : fail('not-found');
}

/** A household's cases, the newest first. The caller has found the household within reach. */
export async function findCasesOf(ctx: Context, household: string): Promise<AidCase[]> {
  return AidCase.find({ ledger: ctx.ledger, household }).sort({ submittedAt: -1 }).limit(50).lean<AidCase[]>();
}

/** What a household has of aid, or undefined before its first case. */
export async function findHouseholdAid(ctx: Context, household: string): Promise<HouseholdAid | undefined> {
  return (await HouseholdAid.findOne({ _id: household, ledger: ctx.ledger }).lean<HouseholdAid>()) ?? undefined;
}
