import mongoose, { type Model } from 'mongoose';
import type { DivisionCode } from '../kernel/division-code';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';
import { type Good, goods } from './goods';

/** One line of a slip: the price is the one of that moment. */
interface RedeemedLine {
  product: string;
  name: string;
  pack: string;
  good: Good;
  pieces: number;
  /** Of one piece. */
  points: number;
  /** Book value of all pieces of the line, in fen. */
  costFen: number;
}

/** Points for goods: what the slip says. No name and no ID stands on it. */
export interface Redemption extends CountyDocument {
  shop: string;
  household: string;
  village: DivisionCode;
  /** `LS-000418`. */
  slip: string;
  lines: RedeemedLine[];
  points: number;
  at: Date;
  by: string;
  key: string;
  seq: number;
  /** Versions of the settings that were used. */
  settings: string[];
}

const line = {
  product: { type: String, required: true },
  name: { type: String, required: true },
  pack: { type: String, required: true },
  good: { type: String, required: true, enum: goods },
  pieces: { type: Number, required: true },
  points: { type: Number, required: true },
  costFen: { type: Number, required: true },
};
const schema = countySchema<Redemption>({
  shop: { type: String, required: true },
  household: { type: String, required: true },
  village: { type: String, required: true },
  slip: { type: String, required: true },
  lines: { type: [new mongoose.Schema(line, { _id: false })], required: true },
  points: { type: Number, required: true },
  at: { type: Date, required: true },
  by: { type: String, required: true },
  key: { type: String, required: true },
  seq: { type: Number, required: true },
  settings: { type: [String], required: true },
});
schema.index({ ledger: 1, slip: 1 });
schema.index({ ledger: 1, shop: 1, at: -1, _id: -1 });
schema.index({ ledger: 1, household: 1, at: -1 });

export const Redemption: Model<Redemption> = mongoose.model<Redemption>('Redemption', schema, 'redemptions');
