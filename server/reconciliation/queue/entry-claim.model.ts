import mongoose, { type Model } from 'mongoose';
import type { Context } from '../../kernel/context';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';

/** That an entry of the book is what a line of the statement says; the id holds the entry's key, so that it is said once. */
export interface EntryClaim extends CountyDocument {
  line: string;
}

const schema = countySchema<EntryClaim>({ line: { type: String, required: true } });

export const EntryClaim: Model<EntryClaim> = mongoose.model<EntryClaim>('EntryClaim', schema, 'bankEntryClaims');

export function claimId({ ledger }: Pick<Context, 'ledger'>, entryKey: string): string {
  return `${ledger}/bank/${entryKey}`;
}
