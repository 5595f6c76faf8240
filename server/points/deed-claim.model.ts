import mongoose, { type Model } from 'mongoose';
import type { Context } from '../kernel/context';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';

/** That a deed is awarded once: one per household, activity, day and rule (DOMAIN 9, PT2). A rejected deed gives its claim back. */
export interface DeedClaim extends CountyDocument {
  deed: string;
}

const schema = countySchema<DeedClaim>({ deed: { type: String, required: true } });

export const DeedClaim: Model<DeedClaim> = mongoose.model<DeedClaim>('DeedClaim', schema, 'deedClaims');

/** The id under which a deed is claimed. Without an activity of its own, what was done that day under that rule is one deed. */
export function deedClaimId(
  { ledger }: Pick<Context, 'ledger'>,
  { household, activity = 'day', day, rule }: { household: string; activity?: string | undefined; day: string; rule: string },
): string {
  return `${ledger}/${household}/${activity}/${day}/${rule}`;
}
