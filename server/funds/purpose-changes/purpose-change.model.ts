import mongoose, { type Model } from 'mongoose';
import type { LocalDate } from '../../kernel/local-date';
import type { Fen } from '../../kernel/money';
import type { StateRecord } from '../../kernel/state-table';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';
import { purposes } from '../purposes';
import type { Restriction } from '../restrictions';
import { type ChangeState, changeStates } from './purpose-change.states';

/** Money of one lot that goes under another restriction, with what allows it (FU3). */
export interface PurposeChange extends CountyDocument {
  /** `C-2026-000003`. */
  number: string;
  /** The number of the gift or other income that the money came from. */
  origin: string;
  /** The lot it is taken from, and the lot's pool. */
  lot: string;
  pool: string;
  amountFen: Fen;
  from: Restriction;
  to: Restriction;
  /** The day on which the donor, or the body that gave the money, agreed, and where the paper lies. Never a name. */
  consentOn: LocalDate;
  consentDocument: string;
  reason: string;
  askedBy: string;
  askedAt: Date;
  state: StateRecord<ChangeState>;
}

const text = { type: String, required: true };
const part = (fields: mongoose.SchemaDefinition) => new mongoose.Schema(fields, { _id: false });
const restriction = part({ purpose: { ...text, enum: purposes }, area: String, lastDay: String });
const schema = countySchema<PurposeChange>({
  number: text,
  origin: text,
  lot: text,
  pool: text,
  amountFen: { type: Number, required: true },
  from: { type: restriction, required: true },
  to: { type: restriction, required: true },
  consentOn: text,
  consentDocument: text,
  reason: text,
  askedBy: text,
  askedAt: { type: Date, required: true },
  state: part({ name: { ...text, enum: changeStates.states }, by: text, at: { type: Date, required: true } }),
});
schema.index({ ledger: 1, number: 1 });
schema.index({ ledger: 1, askedAt: -1, _id: -1 });
schema.index({ ledger: 1, 'state.name': 1, askedAt: -1, _id: -1 });
schema.index({ ledger: 1, origin: 1, 'state.at': 1, _id: 1 });

export const PurposeChange: Model<PurposeChange> = mongoose.model<PurposeChange>('PurposeChange', schema, 'purposeChanges');
