import mongoose, { type Model } from 'mongoose';
import type { LocalDate } from '../../kernel/local-date';
import type { Fen } from '../../kernel/money';
import type { StateRecord } from '../../kernel/state-table';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';
import { type DepositState, depositStates } from './counter.states';

/** Cash that somebody has brought to the bank, until its statement says so. */
export interface CashDeposit extends CountyDocument {
  counter: string;
  amountFen: Fen;
  day: LocalDate;
  /** The number on the bank's deposit slip. */
  paper: string;
  depositedBy: string;
  depositedAt: Date;
  seq: number;
  state: StateRecord<DepositState>;
  /** The line of the statement. */
  serial?: string;
}

const text = { type: String, required: true };
const number = { type: Number, required: true };
const instant = { type: Date, required: true };
const schema = countySchema<CashDeposit>({
  counter: text,
  amountFen: number,
  day: text,
  paper: text,
  depositedBy: text,
  depositedAt: instant,
  seq: number,
  state: new mongoose.Schema({ name: { ...text, enum: depositStates.states }, by: text, at: instant }, { _id: false }),
  serial: String,
});
schema.index({ ledger: 1, counter: 1, depositedAt: -1, _id: -1 });
schema.index({ ledger: 1, paper: 1 });
schema.index({ ledger: 1, 'state.name': 1, depositedAt: 1 });

export const CashDeposit: Model<CashDeposit> = mongoose.model<CashDeposit>('CashDeposit', schema, 'cashDeposits');
