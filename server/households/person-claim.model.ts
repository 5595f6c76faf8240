import mongoose, { type Model } from 'mongoose';
import { idNumberHash } from '../identity';
import type { Context } from '../kernel/context';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';

/** That a person lives in one household only: the id is the keyed hash of the ID number, so that a second registration is refused. */
export interface PersonClaim extends CountyDocument {
  household: string;
  member: string;
}

const schema = countySchema<PersonClaim>({
  household: { type: String, required: true },
  member: { type: String, required: true },
});
schema.index({ ledger: 1, household: 1 });

export const PersonClaim: Model<PersonClaim> = mongoose.model<PersonClaim>('PersonClaim', schema, 'personClaims');

/** The id under which the bearer of an ID number is claimed. */
export function personClaimId(ctx: Pick<Context, 'ledger'>, idNumber: string): string {
  return personClaimOf(ctx, idNumberHash(idNumber));
}

/** The same by the hash of the ID number. */
export function personClaimOf({ ledger }: Pick<Context, 'ledger'>, hash: string): string {
  return `${ledger}/${hash}`;
}
