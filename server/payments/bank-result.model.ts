import mongoose, { type Model } from 'mongoose';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';

/** A row of the result that belongs to no line; no bank account is kept of it but the tail. */
export interface QuarantinedRow {
  sequence: number;
  accountTail: string;
  amountFen: number;
  answer: string;
  why: string;
}

/**
 * A result file that was read. The id is county and SHA-256 of its bytes, so the same file twice changes nothing; one whose reading was
 * cut off goes on where it stopped, since each line has its own key.
 */
export interface BankResult extends CountyDocument {
  batch: string;
  sha256: string;
  readBy: string;
  readAt: Date;
  paid: number;
  returned: number;
  unknown: number;
  quarantined: QuarantinedRow[];
}

const row = {
  sequence: { type: Number, required: true },
  accountTail: { type: String, required: true },
  amountFen: { type: Number, required: true },
  answer: { type: String, required: true },
  why: { type: String, required: true },
};

const schema = countySchema<BankResult>({
  batch: { type: String, required: true },
  sha256: { type: String, required: true },
  readBy: { type: String, required: true },
  readAt: { type: Date, required: true },
  paid: { type: Number, required: true },
  returned: { type: Number, required: true },
  unknown: { type: Number, required: true },
  quarantined: { type: [new mongoose.Schema(row, { _id: false })], required: true },
});
schema.index({ ledger: 1, batch: 1, readAt: -1 });

export const BankResult: Model<BankResult> = mongoose.model<BankResult>('BankResult', schema, 'bankResults');
