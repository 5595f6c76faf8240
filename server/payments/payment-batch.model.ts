import mongoose, { type Model } from 'mongoose';
import type { LocalDate } from '../kernel/local-date';
import type { StateRecord } from '../kernel/state-table';
import { type TextEncoding, textEncodings } from '../platform/files/text-encoding';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';
import { type BatchState, batchStates } from './payments.states';

/** The three figures that are signed: a changed byte of the file changes the hash (DOMAIN 6, BP2). */
export interface SignedFigures {
  count: number;
  totalFen: number;
  sha256: string;
}

interface BatchSignature extends SignedFigures {
  by: string;
  at: Date;
}

/** Payments that go to the agent bank as one file. */
export interface PaymentBatch extends CountyDocument {
  number: string;
  /** The day in the file's head. */
  day: LocalDate;
  encoding: TextEncoding;
  madeBy: string;
  madeAt: Date;
  count: number;
  totalFen: number;
  /** Of the file; set by the check. */
  sha256?: string;
  byteLength?: number;
  checkedAt?: Date;
  signatures: BatchSignature[];
  /** The exported bytes in base64, sealed with the place `paymentBatch/<id>/file`. */
  fileSealed?: string;
  exportedBy?: string;
  exportedAt?: Date;
  returnReason?: string | undefined;
  state: StateRecord<BatchState>;
}

const signature = {
  count: { type: Number, required: true },
  totalFen: { type: Number, required: true },
  sha256: { type: String, required: true },
  by: { type: String, required: true },
  at: { type: Date, required: true },
};

const schema = countySchema<PaymentBatch>({
  number: { type: String, required: true },
  day: { type: String, required: true },
  encoding: { type: String, required: true, enum: textEncodings },
  madeBy: { type: String, required: true },
  madeAt: { type: Date, required: true },
  count: { type: Number, required: true },
  totalFen: { type: Number, required: true },
  sha256: String,
  byteLength: Number,
  checkedAt: Date,
  signatures: { type: [new mongoose.Schema(signature, { _id: false })], required: true },
  fileSealed: String,
  exportedBy: String,
  exportedAt: Date,
  returnReason: String,
  state: {
    name: { type: String, required: true, enum: batchStates.states },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
});
schema.index({ ledger: 1, number: 1 });
schema.index({ ledger: 1, madeAt: -1, _id: -1 });
schema.index({ ledger: 1, 'state.name': 1, madeAt: -1, _id: -1 });

export const PaymentBatch: Model<PaymentBatch> = mongoose.model<PaymentBatch>('PaymentBatch', schema, 'paymentBatches');

/** Where the exported file is bound to. */
export function batchFilePlace(batch: string): string {
  return `paymentBatch/${batch}/file`;
}
