import mongoose, { type Model } from 'mongoose';
import type { StateRecord } from '../kernel/state-table';
import { decryptField } from '../platform/crypto/encrypt-field';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';
import type { HandledBy, HeldLot } from './payable.model';
import { type LineState, lineStates } from './payments.states';

/**
 * One payment in one bank file. Its id is payable and attempt (`aid_…-r0`), so that a sum has one line at a time: a second one for the
 * same attempt is refused in the commit (DOMAIN 6, BP2; QUALITY I5).
 */
export interface PaymentLine extends CountyDocument {
  batch: string;
  sequence: number;
  payable: string;
  number: string;
  household: string;
  village: string;
  cause: string;
  amountFen: number;
  handledBy: HandledBy[];
  /** Exactly as the bank has it. */
  holder: string;
  /** Sealed with the place `paymentLine/<id>/account`: what this file said, whatever the household's account is later. */
  accountSealed: string;
  accountHash: string;
  accountTail: string;
  /** Lots in transit while the bank has not answered. */
  lots: HeldLot[];
  state: StateRecord<LineState>;
  /** The bank's words for a return. */
  reason?: string;
}

const handled = { step: { type: String, required: true }, person: { type: String, required: true } };
const lot = { account: { type: String, required: true }, lastDay: String };

const schema = countySchema<PaymentLine>({
  batch: { type: String, required: true },
  sequence: { type: Number, required: true },
  payable: { type: String, required: true },
  number: { type: String, required: true },
  household: { type: String, required: true },
  village: { type: String, required: true },
  cause: { type: String, required: true },
  amountFen: { type: Number, required: true },
  handledBy: { type: [new mongoose.Schema(handled, { _id: false })], required: true },
  holder: { type: String, required: true },
  accountSealed: { type: String, required: true },
  accountHash: { type: String, required: true },
  accountTail: { type: String, required: true },
  lots: { type: [new mongoose.Schema(lot, { _id: false })], required: true },
  state: {
    name: { type: String, required: true, enum: lineStates.states },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  reason: String,
});
schema.index({ ledger: 1, batch: 1, sequence: 1 });
schema.index({ ledger: 1, payable: 1, _id: 1 });
schema.index({ ledger: 1, 'state.name': 1, _id: 1 });

export const PaymentLine: Model<PaymentLine> = mongoose.model<PaymentLine>('PaymentLine', schema, 'paymentLines');

/** Where a line's bank account is bound to. */
export function lineAccountPlace(line: string): string {
  return `paymentLine/${line}/account`;
}

/** The bank account as the file said it, in the clear: only for bank files and for matching what comes back. */
export function accountOf({ _id, accountSealed }: Pick<PaymentLine, '_id' | 'accountSealed'>): string {
  return decryptField(accountSealed, lineAccountPlace(_id));
}

/** Whether the bank still owes the answer to a line. */
export function isUnanswered({ state }: Pick<PaymentLine, 'state'>): boolean {
  return state.name === 'sent' || state.name === 'unknown';
}

/** Whether somebody took a step of the case behind a line, and so has nothing to do with its payment. */
export function isTouchedBy({ handledBy }: Pick<PaymentLine, 'handledBy'>, person: string): boolean {
  return handledBy.some((one) => one.person === person);
}
