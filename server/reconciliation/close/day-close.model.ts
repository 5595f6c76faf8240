import mongoose, { type Model } from 'mongoose';
import type { ProviderRow } from '../../donations';
import type { LocalDate } from '../../kernel/local-date';
import { type StateOf, type StateRecord, stateTable } from '../../kernel/state-table';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';

/** One signature closes days without a break; with breaks open, a second person signs the same figures. */
export const closeStates = stateTable({ signedOnce: ['signedOnce', 'closed'], closed: [] });
export type CloseState = StateOf<typeof closeStates>;

/** Where the sides differ: a line of the bank or something at the provider without an entry, an entry without it, what nobody has decided on, days without a statement. */
const breakKinds = [
  'bankOnly',
  'bookOnly',
  'providerWaits',
  'providerOnly',
  'providerMissing',
  'providerTold',
  'providerMatter',
  'payoutMissing',
  'noStatement',
] as const;
type BreakKind = (typeof breakKinds)[number];

export interface Break {
  kind: BreakKind;
  /** Line, entry number, payment put aside, gift, movement, matter, payout; for days without a statement the first of them. */
  ref: string;
  day: LocalDate;
  /** What came in is positive; absent where it was no yuan. */
  amountFen?: number;
  /** Who has to look after it, where one person is known. */
  owner?: string;
}

/** What is in the sums for a reason that is known: a line of the bank that was put aside; its fee; what was told, or taken in, of a day closed before. */
const explainedKinds = ['putAside', 'bankFee', 'income', 'toldLate', 'lineLate'] as const;
type ExplainedKind = (typeof explainedKinds)[number];

export interface Explained {
  kind: ExplainedKind;
  /** Line, also of a fee; gift, or the key of its entry. */
  ref: string;
  day: LocalDate;
  amountFen: number;
  /** Why a line was put aside. */
  reason?: string;
  /** Who put it aside, or booked it as a fee. */
  by?: string;
  /** What was told late. */
  row?: ProviderRow;
}

/** What came in and went out in some days, and in how many lines. */
export interface Flow {
  inFen: number;
  outFen: number;
  count: number;
}

/** The same with what the sides have of other days. Closes of before it was kept have no more than a flow. */
export interface BankFlow extends Flow {
  /** What of all this the other side has on other days: more money is positive. */
  otherDaysFen?: number;
  /** What was told, or taken in, of days that were closed by then, and so stands in no other sum. */
  toldLateFen?: number;
}

/** The same at the provider: from payers and back to them, what it cost, what went to the bank. */
export interface ProviderFlow extends BankFlow {
  costFen?: number;
  paidOutFen?: number;
}

/** The three sides of some days: the provider's movements, the bank's lines, and the book's entries of both accounts. */
export interface CloseFigures {
  provider: ProviderFlow;
  bank: BankFlow;
  bookProvider: ProviderFlow;
  bookBank: BankFlow;
  breaks: Break[];
  /** Absent on closes of before it was kept. */
  explained?: Explained[];
}

/** Days that are closed with one signature: from the day after the last closed one. The id follows from that first day. */
export interface DayClose extends CountyDocument, CloseFigures {
  from: LocalDate;
  day: LocalDate;
  /** Of the figures that were signed. */
  sha256: string;
  signatures: { by: string; at: Date }[];
  state: StateRecord<CloseState>;
}

const text = { type: String, required: true };
const number = { type: Number, required: true };
const part = (fields: mongoose.SchemaDefinition) => new mongoose.Schema(fields, { _id: false });
const flow = {
  type: part({ inFen: number, outFen: number, count: number, otherDaysFen: Number, toldLateFen: Number }),
  required: true,
};
const providerFlow = {
  type: part({
    inFen: number,
    outFen: number,
    count: number,
    costFen: Number,
    paidOutFen: Number,
    otherDaysFen: Number,
    toldLateFen: Number,
  }),
  required: true,
};
const one = { kind: { type: String, required: true, enum: breakKinds }, ref: text, day: text, amountFen: Number, owner: String };
const explained = {
  kind: { type: String, required: true, enum: explainedKinds },
  ref: text,
  day: text,
  amountFen: number,
  reason: String,
  by: String,
  row: String,
};

const schema = countySchema<DayClose>({
  from: text,
  day: text,
  provider: providerFlow,
  bank: flow,
  bookProvider: providerFlow,
  bookBank: flow,
  breaks: { type: [part(one)], required: true },
  explained: { type: [part(explained)] },
  sha256: text,
  signatures: { type: [part({ by: text, at: { type: Date, required: true } })], required: true },
  state: part({ name: { type: String, required: true, enum: closeStates.states }, by: text, at: { type: Date, required: true } }),
});
schema.index({ ledger: 1, day: -1, _id: -1 });

export const DayClose: Model<DayClose> = mongoose.model<DayClose>('DayClose', schema, 'dayCloses');
