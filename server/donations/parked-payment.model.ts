import mongoose, { type Model } from 'mongoose';
import type { Fen } from '../kernel/money';
import type { StateRecord } from '../kernel/state-table';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';
import { type GiftProblem, giftProblems } from './gift.model';
import { type ParkedState, parkedStates } from './parked-payment.states';

/** A payment that the provider reports and that does not fit the gift it names. The id follows from the session's. */
export interface ParkedPayment extends CountyDocument {
  sessionId: string;
  /** The gift that the session names. */
  gift: string;
  problem: GiftProblem;
  /** What the gift said when the payment was put aside. */
  saidFen: Fen;
  /** What the session says came; absent where it was not in yuan. */
  amountFen?: Fen;
  parkedAt: Date;
  state: StateRecord<ParkedState>;
  reason?: string;
  /** The gift as which it was booked: the one it names, or one of its own. */
  bookedAs?: string;
  /** Who signed that it goes back, and the key for the provider, kept before it is first asked. */
  payBack?: { by: string; at: Date; key: string } | undefined;
  /** How often that was signed. */
  payBacks?: number;
  /** The refund or dispute by which the last of it went back. */
  paidBackAs?: string | undefined;
  /** What of it has gone back. */
  returns?: readonly ParkedReturn[];
  /** Refunds and disputes of this payment of which the provider has told. */
  told?: readonly string[];
  /** Of those, what is to be settled with the gift as which it was booked. */
  toSettle?: readonly string[];
  /** Who decided what becomes of it. */
  decidedBy?: string;
}

/** A part of money put aside that the payer has again, by the provider's id of the refund or dispute. */
export interface ParkedReturn {
  proof: string;
  /** Absent where it was no yuan. */
  amountFen?: number;
}

const schema = countySchema<ParkedPayment>({
  sessionId: { type: String, required: true },
  gift: { type: String, required: true },
  problem: { type: String, required: true, enum: giftProblems },
  saidFen: { type: Number, required: true },
  amountFen: Number,
  parkedAt: { type: Date, required: true },
  state: {
    name: { type: String, required: true, enum: parkedStates.states },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  reason: String,
  bookedAs: String,
  payBack: new mongoose.Schema({ by: String, at: Date, key: String }, { _id: false }),
  payBacks: Number,
  paidBackAs: String,
  returns: {
    type: [new mongoose.Schema({ proof: { type: String, required: true }, amountFen: Number }, { _id: false })],
    default: undefined,
  },
  told: { type: [String], default: undefined },
  toSettle: { type: [String], default: undefined },
  decidedBy: String,
});
schema.index({ ledger: 1, 'state.name': 1, parkedAt: 1, _id: 1 });
schema.index({ ledger: 1, gift: 1 });

export const ParkedPayment: Model<ParkedPayment> = mongoose.model<ParkedPayment>('ParkedPayment', schema, 'parkedPayments');
