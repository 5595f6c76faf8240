import mongoose, { type Model } from 'mongoose';
import type { Context } from '../../kernel/context';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';
import { anyOf } from '../../platform/mongo/operators';

/** That an entry of the book is what a line of the statement says; the id holds the entry's key, so that it is said once. */
export interface EntryClaim extends CountyDocument {
  line: string;
}

const schema = countySchema<EntryClaim>({ line: { type: String, required: true } });

export const EntryClaim: Model<EntryClaim> = mongoose.model<EntryClaim>('EntryClaim', schema, 'bankEntryClaims');

export function claimId({ ledger }: Pick<Context, 'ledger'>, entryKey: string): string {
  return `${ledger}/bank/${entryKey}`;
}

/** The lines that are these entries, by the entries' keys. */
export async function linesOfEntries(ctx: Pick<Context, 'ledger'>, keys: readonly string[]): Promise<Map<string, string>> {
  const keyOf = new Map(keys.map((key) => [claimId(ctx, key), key]));
  const claims = await EntryClaim.find({ ledger: ctx.ledger, _id: anyOf([...keyOf.keys()]) }).lean<EntryClaim[]>();
  return new Map(claims.map(({ _id, line }) => [keyOf.get(_id) ?? '', line]));
}
