import mongoose, { type Model } from 'mongoose';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';

/** By which a program acts for one person, with some of that person's permissions. It is ended, never removed. */
export interface ApiToken extends CountyDocument {
  user: string;
  /** What it is for, in the person's words. */
  name: string;
  /** Keyed hash of the secret: who reads the database cannot ask with it. */
  hash: string;
  permissions: string[];
  /** Whether it may only look. */
  isReadOnly: boolean;
  /** Last day in China on which it works. */
  until: string;
  madeAt: Date;
  madeBy: string;
  /** To the minute. */
  lastUsedAt?: Date;
  ended?: { by: string; at: Date };
}

const schema = countySchema<ApiToken>({
  user: { type: String, required: true },
  name: { type: String, required: true },
  hash: { type: String, required: true },
  permissions: { type: [String], required: true },
  isReadOnly: { type: Boolean, required: true },
  until: { type: String, required: true },
  madeAt: { type: Date, required: true },
  madeBy: { type: String, required: true },
  lastUsedAt: Date,
  ended: Object,
});
schema.index({ ledger: 1, user: 1, madeAt: -1, _id: -1 });

export const ApiToken: Model<ApiToken> = mongoose.model<ApiToken>('ApiToken', schema, 'apiTokens');
