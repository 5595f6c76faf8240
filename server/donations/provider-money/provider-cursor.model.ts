import mongoose, { type Model } from 'mongoose';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';

/** How far the sweep has looked at the provider: the last event, and the moment of the last whole look. One for each county. */
export interface ProviderCursor extends CountyDocument {
  lastEvent?: string;
  lookedAt: Date;
}

const schema = countySchema<ProviderCursor>({ lastEvent: String, lookedAt: { type: Date, required: true } });

export const ProviderCursor: Model<ProviderCursor> = mongoose.model<ProviderCursor>('ProviderCursor', schema, 'providerCursors');
