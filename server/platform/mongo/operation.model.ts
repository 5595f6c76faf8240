import mongoose, { type Model } from 'mongoose';
import { countySchema } from './county-schema';
import type { CountyDocument } from './document-writes';

/** That a transaction has happened. `_id` is ledger and idempotency key, so a transaction that the driver repeats meets itself. */
export interface Operation extends CountyDocument {
  /** Tells our own repeated attempt from an earlier call with the same key. */
  attempt: string;
  actor: string;
  at: Date;
}

const schema = countySchema<Operation>({
  attempt: { type: String, required: true },
  actor: { type: String, required: true },
  at: { type: Date, required: true },
});

export const Operation: Model<Operation> = mongoose.model<Operation>('Operation', schema, 'operations');
