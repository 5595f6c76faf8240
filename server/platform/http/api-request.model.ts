import mongoose, { type Model } from 'mongoose';
import { countySchema } from '../mongo/county-schema';
import type { CountyDocument } from '../mongo/document-writes';

const keptS = 86_400;

/** What a program asked under a key of its own, and what it was answered: kept for a day, for who did not hear the answer. */
export interface ApiRequest extends CountyDocument {
  /** Keyed hash of method, path and input. */
  asked: string;
  /** Tells who works on it from who takes it over. */
  attempt: string;
  at: Date;
  /** Absent while it is worked on. The body is encrypted: it may hold what is shown only once. */
  answer?: { status: number; sealed: string };
}

const schema = countySchema<ApiRequest>({
  asked: { type: String, required: true },
  attempt: { type: String, required: true },
  at: { type: Date, required: true },
  answer: Object,
});
schema.index({ at: 1 }, { expireAfterSeconds: keptS });

export const ApiRequest: Model<ApiRequest> = mongoose.model<ApiRequest>('ApiRequest', schema, 'apiRequests');
