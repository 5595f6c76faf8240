import mongoose, { type Model } from 'mongoose';
import type { DivisionCode } from '../kernel/division-code';
import type { LocalDate } from '../kernel/local-date';
import type { StateRecord } from '../kernel/state-table';
import type { AccountCode } from '../ledger';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';
import { type CapMode, capModes } from './award-for';
import { type DeedState, deedStates } from './deed.states';
import { type RuleHead, ruleHeads } from './point-rule.model';

/** What was decided when the second person confirmed: enough to replay the decision years later. */
export interface Award {
  points: number;
  mode: CapMode;
  /** The caps as they stood, with what they still let through. */
  caps: { name: string; most: number; left: number }[];
  /** Versions of the settings that were used. */
  settings: string[];
  lastDay?: LocalDate;
  /** The lot that holds the award. */
  lot: AccountCode;
  seq: number;
}

/** Something a member of a household did. Rule, item and score are copied: a later change of the book is none of its business. */
export interface Deed extends CountyDocument {
  household: string;
  village: DivisionCode;
  rule: string;
  head: RuleHead;
  item: string;
  score: number;
  /** It counts in the Shanghai month of its day. */
  day: LocalDate;
  words?: string;
  claim: string;
  recordedBy: string;
  recordedAt: Date;
  state: StateRecord<DeedState>;
  award?: Award;
  rejection?: string;
}

const award = {
  points: { type: Number, required: true },
  mode: { type: String, required: true, enum: capModes },
  caps: { type: [new mongoose.Schema({ name: String, most: Number, left: Number }, { _id: false })], required: true },
  settings: { type: [String], required: true },
  lastDay: String,
  lot: { type: String, required: true },
  seq: { type: Number, required: true },
};
const schema = countySchema<Deed>({
  household: { type: String, required: true },
  village: { type: String, required: true },
  rule: { type: String, required: true },
  head: { type: String, required: true, enum: ruleHeads },
  item: { type: String, required: true },
  score: { type: Number, required: true },
  day: { type: String, required: true },
  words: String,
  claim: { type: String, required: true },
  recordedBy: { type: String, required: true },
  recordedAt: { type: Date, required: true },
  state: {
    name: { type: String, required: true, enum: deedStates.states },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  award: new mongoose.Schema(award, { _id: false }),
  rejection: String,
});
schema.index({ ledger: 1, 'state.name': 1, recordedAt: -1, _id: -1 });
schema.index({ ledger: 1, 'state.name': 1, village: 1, recordedAt: -1, _id: -1 });
schema.index({ ledger: 1, household: 1, day: -1, _id: -1 });
schema.index({ ledger: 1, recordedBy: 1, recordedAt: -1 });

export const Deed: Model<Deed> = mongoose.model<Deed>('Deed', schema, 'deeds');
