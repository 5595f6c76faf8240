import mongoose, { type Model } from 'mongoose';
import type { LocalDate } from '../../kernel/local-date';
import type { Fen } from '../../kernel/money';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';
import { purposes } from '../purposes';
import type { Restriction } from '../restrictions';

/** From where money comes that is no gift (DOMAIN 7); each needs its legal basis. */
export const incomeSources = ['countyBudget', 'fiscal', 'counterpartAid', 'projectDividend', 'reliefDay', 'interest', 'other'] as const;
type IncomeSource = (typeof incomeSources)[number];

/** Money of a public body or the bank that has come into the charity's account. Never edited. */
export interface Income extends CountyDocument {
  /** `I-2026-000012`. */
  number: string;
  source: IncomeSource;
  /** Number of the paper that brought it: budget notice, transfer order, minutes, the bank's interest slip. */
  document: string;
  /** The law, decision or agreement by which the fund may have it. */
  legalBasis: string;
  restriction: Restriction;
  amountFen: Fen;
  receivedOn: LocalDate;
  bankSerial: string;
  recordedBy: string;
  recordedAt: Date;
}

const text = { type: String, required: true };
const restriction = new mongoose.Schema({ purpose: { ...text, enum: purposes }, area: String, lastDay: String }, { _id: false });
const schema = countySchema<Income>({
  number: text,
  source: { ...text, enum: incomeSources },
  document: text,
  legalBasis: text,
  restriction: { type: restriction, required: true },
  amountFen: { type: Number, required: true },
  receivedOn: text,
  bankSerial: text,
  recordedBy: text,
  recordedAt: { type: Date, required: true },
});
schema.index({ ledger: 1, recordedAt: -1, _id: -1 });
schema.index({ ledger: 1, source: 1, recordedAt: -1, _id: -1 });
schema.index({ ledger: 1, number: 1 });

export const Income: Model<Income> = mongoose.model<Income>('Income', schema, 'incomes');
