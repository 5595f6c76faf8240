import mongoose, { type Model } from 'mongoose';
import type { LocalDate } from '../kernel/local-date';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';

/** A top-up that a household was given: money reserved or paid. A cancelled one is taken out again. */
export interface GivenTopUp {
  case: string;
  number: string;
  submittedOn: LocalDate;
  reservedOn: LocalDate;
  amountFen: number;
}

/**
 * What a household has of aid, one document each (the id is the household's). Every opening and every approval guards and changes it,
 * so that two decisions on one household can never both count on the same room under line and cap (DOMAIN 6, AI6).
 */
export interface HouseholdAid extends CountyDocument {
  /** The case that runs; a household has one at a time. */
  running?: string | undefined;
  topUps: GivenTopUp[];
}

const topUp = {
  case: { type: String, required: true },
  number: { type: String, required: true },
  submittedOn: { type: String, required: true },
  reservedOn: { type: String, required: true },
  amountFen: { type: Number, required: true },
};

const schema = countySchema<HouseholdAid>({
  running: String,
  topUps: { type: [new mongoose.Schema(topUp, { _id: false })], required: true },
});

export const HouseholdAid: Model<HouseholdAid> = mongoose.model<HouseholdAid>('HouseholdAid', schema, 'householdAid');
