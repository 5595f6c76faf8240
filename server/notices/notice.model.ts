import mongoose, { type Model } from 'mongoose';
import type { LocalDate } from '../kernel/local-date';
import type { StateRecord } from '../kernel/state-table';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';
import { type NoticeState, noticeStates } from './notice.states';
import type { ObjectionFacts } from './notice-gate';

/** One household on a notice. Never ID, phone, bank account, health, cause, birth date or address (DOMAIN 6, NO1). */
export interface NoticeRow {
  /** The case behind the row: for staff, never shown. */
  subject: string;
  /** In full, for the paper in the village; the web masks it. The household's number for a minor. */
  name: string;
  isNumber: boolean;
  village: string;
  amountFen: number;
}

const noticePurposes = ['topUp'] as const;
export type NoticePurpose = (typeof noticePurposes)[number];

/** A notice as it hangs: its rows do not change once posted; another sum is another notice. */
export interface Notice extends CountyDocument {
  number: string;
  purpose: NoticePurpose;
  /** The smallest division that holds all its rows: who may see it as staff. */
  village: string;
  rows: NoticeRow[];
  totalFen: number;
  postedOn: LocalDate;
  lastDay: LocalDate;
  /** How many days it hangs, and of which kind. */
  days: number;
  dayUnit: 'working' | 'calendar';
  countFirstDay: boolean;
  /** Versions of the settings that set its clock. */
  settings: string[];
  objections: ObjectionFacts[];
  state: StateRecord<NoticeState>;
  postedBy: string;
  postedAt: Date;
}

const row = {
  subject: { type: String, required: true },
  name: { type: String, required: true },
  isNumber: { type: Boolean, required: true },
  village: { type: String, required: true },
  amountFen: { type: Number, required: true },
};
const objection = { outcome: { type: String, required: true }, decidedOn: String };

const schema = countySchema<Notice>({
  number: { type: String, required: true },
  purpose: { type: String, required: true, enum: noticePurposes },
  village: { type: String, required: true },
  rows: { type: [new mongoose.Schema(row, { _id: false })], required: true },
  totalFen: { type: Number, required: true },
  postedOn: { type: String, required: true },
  lastDay: { type: String, required: true },
  days: { type: Number, required: true },
  dayUnit: { type: String, required: true },
  countFirstDay: { type: Boolean, required: true },
  settings: { type: [String], required: true },
  objections: { type: [new mongoose.Schema(objection, { _id: false })], required: true },
  state: {
    name: { type: String, required: true, enum: noticeStates.states },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  postedBy: { type: String, required: true },
  postedAt: { type: Date, required: true },
});
schema.index({ ledger: 1, 'state.name': 1, lastDay: 1, _id: 1 });
schema.index({ ledger: 1, number: 1 });
schema.index({ ledger: 1, postedAt: -1, _id: -1 });

export const Notice: Model<Notice> = mongoose.model<Notice>('Notice', schema, 'notices');
