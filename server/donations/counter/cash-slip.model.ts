import mongoose, { type Model } from 'mongoose';
import type { LocalDate } from '../../kernel/local-date';
import type { Fen } from '../../kernel/money';
import type { StateRecord } from '../../kernel/state-table';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';
import { type SlipState, slipStates } from './counter.states';

/** What the giver of cash takes home. Its number is kept, also when it was voided. */
export interface CashSlip extends CountyDocument {
  /** `XJA-2026-000001` */
  number: string;
  counter: string;
  counterDay: string;
  day: LocalDate;
  gift: string;
  giftNumber: string;
  amountFen: Fen;
  takenBy: string;
  takenAt: Date;
  seq: number;
  state: StateRecord<SlipState>;
  voiding?: { reason: string; askedBy: string; askedAt: Date } | undefined;
}

const text = { type: String, required: true };
const instant = { type: Date, required: true };
const part = (fields: mongoose.SchemaDefinition) => new mongoose.Schema(fields, { _id: false });

const schema = countySchema<CashSlip>({
  number: text,
  counter: text,
  counterDay: text,
  day: text,
  gift: text,
  giftNumber: text,
  amountFen: { type: Number, required: true },
  takenBy: text,
  takenAt: instant,
  seq: { type: Number, required: true },
  state: part({ name: { ...text, enum: slipStates.states }, by: text, at: instant }),
  voiding: part({ reason: text, askedBy: text, askedAt: instant }),
});
schema.index({ ledger: 1, counterDay: 1, takenAt: -1, _id: -1 });
schema.index({ ledger: 1, counter: 1, takenAt: -1, _id: -1 });
schema.index({ ledger: 1, number: 1 });
schema.index({ ledger: 1, gift: 1 });

export const CashSlip: Model<CashSlip> = mongoose.model<CashSlip>('CashSlip', schema, 'cashSlips');
