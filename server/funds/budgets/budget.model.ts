import mongoose, { type Model } from 'mongoose';
import type { LocalDate } from '../../kernel/local-date';
import type { Fen } from '../../kernel/money';
import type { StateRecord } from '../../kernel/state-table';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';
import { type Fund, funds, type Purpose, purposes } from '../purposes';
import { type AlarmState, alarmStates, type BudgetState, budgetStates } from './budget.states';

/** How much may be used for a purpose in a year. */
export interface Budget extends CountyDocument {
  year: number;
  purpose: Purpose;
  amountFen: Fen;
  /** Number of the paper that decided it, and why. */
  document: string;
  proposedBy: string;
  proposedAt: Date;
  state: StateRecord<BudgetState>;
}

/** That a purpose has a budget in a year: `<ledger>/<year>/<purpose>`. Two first ones that are confirmed at once have nothing else in common. */
export interface FirstBudget extends CountyDocument {
  budget: string;
}

const alarmKinds = ['fundLow', 'purposeLow', 'budgetNear', 'budgetOver', 'certificateEnds', 'planEnds'] as const;
type AlarmKind = (typeof alarmKinds)[number];

/** What somebody is to be told of once each time that it comes about. */
export interface FundAlarm extends CountyDocument {
  kind: AlarmKind;
  fund?: Fund;
  purpose?: Purpose;
  year?: number;
  /** What was free or used when it rang, and the mark that it crossed. */
  valueFen?: Fen;
  markFen?: Fen;
  /** Of papers: the last day on which the public may be asked. */
  lastDay?: LocalDate;
  /** How often it has rung. */
  crossings: number;
  state: StateRecord<AlarmState>;
}

const text = { type: String, required: true };
const number = { type: Number, required: true };
const moment = { type: Date, required: true };
const part = (fields: mongoose.SchemaDefinition) => new mongoose.Schema(fields, { _id: false });

const schema = countySchema<Budget>({
  year: number,
  purpose: { ...text, enum: purposes },
  amountFen: number,
  document: text,
  proposedBy: text,
  proposedAt: moment,
  state: part({ name: { ...text, enum: budgetStates.states }, by: text, at: moment }),
});
schema.index({ ledger: 1, year: 1, purpose: 1 });
schema.index({ ledger: 1, 'state.name': 1, proposedAt: -1 });

export const Budget: Model<Budget> = mongoose.model<Budget>('Budget', schema, 'budgets');

export const FirstBudget: Model<FirstBudget> = mongoose.model<FirstBudget>(
  'FirstBudget',
  countySchema<FirstBudget>({ budget: text }),
  'firstBudgets',
);

const alarmSchema = countySchema<FundAlarm>({
  kind: { ...text, enum: alarmKinds },
  fund: { type: String, enum: funds },
  purpose: { type: String, enum: purposes },
  year: Number,
  valueFen: Number,
  markFen: Number,
  lastDay: String,
  crossings: number,
  state: part({ name: { ...text, enum: alarmStates.states }, by: text, at: moment }),
});
alarmSchema.index({ ledger: 1, 'state.name': 1 });

export const FundAlarm: Model<FundAlarm> = mongoose.model<FundAlarm>('FundAlarm', alarmSchema, 'fundAlarms');
