import mongoose, { type Model } from 'mongoose';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';

/** A place where cash is taken. The id follows from the code, so that two counters never share the numbers of their slips. */
export interface CashCounter extends CountyDocument {
  name: string;
  /** The letters before the numbers of its slips. */
  code: string;
  openedBy: string;
  openedAt: Date;
}

const text = { type: String, required: true };
const schema = countySchema<CashCounter>({ name: text, code: text, openedBy: text, openedAt: { type: Date, required: true } });
schema.index({ ledger: 1, code: 1, _id: 1 });

export const CashCounter: Model<CashCounter> = mongoose.model<CashCounter>('CashCounter', schema, 'cashCounters');
