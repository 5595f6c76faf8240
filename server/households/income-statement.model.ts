import mongoose, { type Model } from 'mongoose';
import type { LocalDate } from '../kernel/local-date';
import type { StateRecord } from '../kernel/state-table';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';
import { type StatementState, statementStates } from './household.states';
import { type IncomeItem, incomeSourceNames } from './income-sources';

/** What a household had within a window (DOMAIN 2). Figures do not change once submitted: a correction is a new statement. */
export interface IncomeStatement extends CountyDocument {
  household: string;
  /** The window whose income is stated; both days included. */
  from: LocalDate;
  to: LocalDate;
  items: IncomeItem[];
  depreciationFen: number;
  productionTaxesFen: number;
  /** Own cost of illness, schooling, a house or a disaster after all repayments; not deducted from income (HH3). */
  rigidSpendingFen: number;
  state: StateRecord<StatementState>;
  submittedBy?: string;
  verifiedBy?: string;
  signedOn?: LocalDate;
  withdrawReason?: string;
}

const amount = { type: Number, required: true };
const item = {
  source: { type: String, required: true, enum: incomeSourceNames },
  grossFen: amount,
  costFen: amount,
};

const schema = countySchema<IncomeStatement>({
  household: { type: String, required: true },
  from: { type: String, required: true },
  to: { type: String, required: true },
  items: { type: [new mongoose.Schema(item, { _id: false })], required: true },
  depreciationFen: amount,
  productionTaxesFen: amount,
  rigidSpendingFen: amount,
  state: {
    name: { type: String, required: true, enum: statementStates.states },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  submittedBy: String,
  verifiedBy: String,
  signedOn: String,
  withdrawReason: String,
});
schema.index({ ledger: 1, household: 1, to: -1, _id: -1 });

export const IncomeStatement: Model<IncomeStatement> = mongoose.model<IncomeStatement>('IncomeStatement', schema, 'incomeStatements');
