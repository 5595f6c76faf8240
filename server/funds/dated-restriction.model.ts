import mongoose, { type Model } from 'mongoose';
import type { DivisionCode } from '../kernel/division-code';
import type { LocalDate } from '../kernel/local-date';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';
import { type Purpose, purposes } from './purposes';

/** A restriction with a last day that was ever given: a payment cannot guess these pools, so it looks them up. */
export interface DatedRestriction extends CountyDocument {
  purpose: Purpose;
  area?: DivisionCode;
  lastDay: LocalDate;
}

const schema = countySchema<DatedRestriction>({
  purpose: { type: String, required: true, enum: purposes },
  area: String,
  lastDay: { type: String, required: true },
});
schema.index({ ledger: 1, purpose: 1 });

export const DatedRestriction: Model<DatedRestriction> = mongoose.model<DatedRestriction>('DatedRestriction', schema, 'datedRestrictions');
