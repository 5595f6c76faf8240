import mongoose, { type Model } from 'mongoose';
import type { Fen } from '../../kernel/money';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';

/** How much of other purposes went to running costs in a year. One document a year, so that two changes at once cannot pass the cap together. */
export interface OperatingYear extends CountyDocument {
  filledFen: Fen;
}

export const OperatingYear: Model<OperatingYear> = mongoose.model<OperatingYear>(
  'OperatingYear',
  countySchema<OperatingYear>({ filledFen: { type: Number, required: true } }),
  'operatingYears',
);
