import mongoose, { type Model } from 'mongoose';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';

/** That a mobile number or staff number signs one person in. `_id` is county and keyed hash, so that taking it twice is refused. */
export interface LoginName extends CountyDocument {
  user: string;
}

const schema = countySchema<LoginName>({ user: { type: String, required: true } });

export const LoginName: Model<LoginName> = mongoose.model<LoginName>('LoginName', schema, 'loginNames');
