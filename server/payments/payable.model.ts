import mongoose, { type Model } from 'mongoose';
import type { LocalDate } from '../kernel/local-date';
import type { StateRecord } from '../kernel/state-table';
import type { AccountCode } from '../ledger';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';
import { type PayableState, payableStates } from './payments.states';

/** One who took a step of the case behind a payable, and so touches no batch that holds it. */
export interface HandledBy {
  step: 'requested' | 'reviewed' | 'approved';
  person: string;
}

/** A lot that holds a part of the sum now, as the ledger told when it moved there. */
export interface HeldLot {
  account: AccountCode;
  lastDay?: LocalDate;
}

/** What is owed to a household by an approved case. The id is the case's; the money lies in `payable:<id>`. */
export interface Payable extends CountyDocument {
  /** The readable number of the case: `A-2026-000412`. */
  number: string;
  household: string;
  village: string;
  cause: string;
  amountFen: number;
  approvedAt: Date;
  handledBy: HandledBy[];
  lots: HeldLot[];
  state: StateRecord<PayableState>;
  /** How often it was put into a batch; names its lines `<id>-r0`, `-r1`. */
  attempts: number;
  /** The bank's words for the last return. */
  returnReason?: string | undefined;
}

const handled = { step: { type: String, required: true }, person: { type: String, required: true } };
const lot = { account: { type: String, required: true }, lastDay: String };

const schema = countySchema<Payable>({
  number: { type: String, required: true },
  household: { type: String, required: true },
  village: { type: String, required: true },
  cause: { type: String, required: true },
  amountFen: { type: Number, required: true },
  approvedAt: { type: Date, required: true },
  handledBy: { type: [new mongoose.Schema(handled, { _id: false })], required: true },
  lots: { type: [new mongoose.Schema(lot, { _id: false })], required: true },
  state: {
    name: { type: String, required: true, enum: payableStates.states },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  attempts: { type: Number, required: true },
  returnReason: String,
});
schema.index({ ledger: 1, 'state.name': 1, approvedAt: 1, _id: 1 });
schema.index({ ledger: 1, household: 1, approvedAt: -1 });

export const Payable: Model<Payable> = mongoose.model<Payable>('Payable', schema, 'payables');
