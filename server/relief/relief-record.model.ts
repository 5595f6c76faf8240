import mongoose, { type Model } from 'mongoose';
import type { DivisionCode } from '../kernel/division-code';
import type { LocalDate } from '../kernel/local-date';
import type { StateRecord } from '../kernel/state-table';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';
import { type ReliefState, reliefStates } from './relief.states';
import { type ReliefKind, reliefKindNames } from './relief-kinds';

/** What came in under a referral: money or its worth, with the delivery certificate that proves it. */
export interface ReliefReceipt {
  id: string;
  receivedOn: LocalDate;
  amountFen: number;
  certificate: string;
}

/** A household's way to one kind of relief, from the referral to its end (DOMAIN 4). "Applied" is not "delivered". */
export interface ReliefRecord extends CountyDocument {
  household: string;
  village: DivisionCode;
  kind: ReliefKind;
  department: string;
  state: StateRecord<ReliefState>;
  /** Since when the department has it. */
  pendingSince: LocalDate;
  receipts: ReliefReceipt[];
  /** Written reason of a refusal, or why it does not apply. */
  reason?: string;
}

const receipt = {
  id: { type: String, required: true },
  receivedOn: { type: String, required: true },
  amountFen: { type: Number, required: true },
  certificate: { type: String, required: true },
};

const schema = countySchema<ReliefRecord>({
  household: { type: String, required: true },
  village: { type: String, required: true },
  kind: { type: String, required: true, enum: reliefKindNames },
  department: { type: String, required: true },
  state: {
    name: { type: String, required: true, enum: reliefStates.states },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  pendingSince: { type: String, required: true },
  receipts: { type: [new mongoose.Schema(receipt, { _id: false })], required: true },
  reason: String,
});
schema.index({ ledger: 1, household: 1, kind: 1, pendingSince: -1 });
schema.index({ ledger: 1, 'state.name': 1, pendingSince: 1, _id: 1 });

export const ReliefRecord: Model<ReliefRecord> = mongoose.model<ReliefRecord>('ReliefRecord', schema, 'reliefRecords');
