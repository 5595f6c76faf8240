import type { Context } from '../kernel/context';
import { invariant } from '../kernel/errors';
import { change, type DocumentGuard, type DocumentWrite, unchanged } from '../platform/mongo/document-writes';
import type { AidCase } from './aid-case.model';
import { findHouseholdAid } from './find-cases';
import { type GivenTopUp, HouseholdAid } from './household-aid.model';

/** What the posting that ends a case must carry, so that the household may have another. */
export interface EndOfRun {
  given: HouseholdAid;
  guard: DocumentGuard;
  /** `topUps` when the end also takes the case's own sum out again. */
  write(changes: { topUps?: GivenTopUp[] }): DocumentWrite;
}

export async function endOfRun(ctx: Context, aidCase: AidCase): Promise<EndOfRun> {
  const given = await findHouseholdAid(ctx, aidCase.household);
  invariant(given, 'aid.household-has-its-document', { case: aidCase._id });
  return {
    given,
    guard: unchanged(HouseholdAid, given),
    write: (changes) => change(HouseholdAid, given, { ...changes, ...(given.running === aidCase._id && { running: undefined }) }),
  };
}
