import mongoose, { type Model } from 'mongoose';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';

/** A card that the sample county offers to whoever tries the kiosk, with its PIN in the clear. Only the seed writes these. */
export interface DemoCard extends CountyDocument {
  number: string;
  pin: string;
  rank: number;
}

const schema = countySchema<DemoCard>({
  number: { type: String, required: true },
  pin: { type: String, required: true },
  rank: { type: Number, required: true },
});
schema.index({ ledger: 1, rank: 1 });

export const DemoCard: Model<DemoCard> = mongoose.model<DemoCard>('DemoCard', schema, 'demoCards');
