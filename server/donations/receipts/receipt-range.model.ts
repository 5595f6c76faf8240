import mongoose, { type Model } from 'mongoose';
import type { StateRecord } from '../../kernel/state-table';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';
import { type ReceiptRangeState, receiptRangeStates } from './receipt.states';

/** A range of receipt numbers as the finance department issued it (DO1). */
export interface ReceiptRange extends CountyDocument {
  code: string;
  first: number;
  last: number;
  /** How many digits a number has on paper. */
  digits: number;
  /** The number that the next receipt bears; one above `last` when the range is used up. */
  next: number;
  /** The unit to which the range was issued: the receipt's payee. */
  payee: string;
  /** The item code under which gifts of money stand in the department's list. */
  itemCode: string;
  sourceDoc: string;
  enteredBy: string;
  enteredAt: Date;
  confirmedBy?: string;
  /** Ranges are used in the order of their confirmation. */
  confirmedAt?: Date;
  declineReason?: string;
  state: StateRecord<ReceiptRangeState>;
}

/** One per county; every range that is entered or confirmed changes it, so that two that overlap cannot both stand. */
export interface ReceiptRangeBook extends CountyDocument {
  turns: number;
}

const schema = countySchema<ReceiptRange>({
  code: { type: String, required: true },
  first: { type: Number, required: true },
  last: { type: Number, required: true },
  digits: { type: Number, required: true },
  next: { type: Number, required: true },
  payee: { type: String, required: true },
  itemCode: { type: String, required: true },
  sourceDoc: { type: String, required: true },
  enteredBy: { type: String, required: true },
  enteredAt: { type: Date, required: true },
  confirmedBy: String,
  confirmedAt: Date,
  declineReason: String,
  state: {
    name: { type: String, required: true, enum: receiptRangeStates.states },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
});
schema.index({ ledger: 1, enteredAt: -1, _id: -1 });
schema.index({ ledger: 1, 'state.name': 1, confirmedAt: 1 });

export const ReceiptRange: Model<ReceiptRange> = mongoose.model<ReceiptRange>('ReceiptRange', schema, 'receiptRanges');
export const ReceiptRangeBook: Model<ReceiptRangeBook> = mongoose.model<ReceiptRangeBook>(
  'ReceiptRangeBook',
  countySchema<ReceiptRangeBook>({ turns: { type: Number, required: true } }),
  'receiptRangeBooks',
);
