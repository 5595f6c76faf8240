import mongoose, { type Model } from 'mongoose';
import type { LocalDate } from '../../kernel/local-date';
import type { Fen } from '../../kernel/money';
import type { StateRecord } from '../../kernel/state-table';
import { decryptField } from '../../platform/crypto/encrypt-field';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';
import { type BankFee, bankFees } from '../queue/bank-fees';
import { type LineState, lineStates } from './statement.states';

/** Why no rule has found what a line is. */
const hints = ['sum-differs', 'paid-before', 'no-such-gift', 'several-gifts', 'booked-otherwise', 'several-entries'] as const;
export type Hint = (typeof hints)[number];

/** What a line is in the book: entries of the charity's account, by their keys. */
export interface LineMatch {
  how: 'rule' | 'hand';
  /** The entries' keys; together they move what the line says. */
  entries: string[];
  /** Number of the gift, where it is one. */
  gift?: string;
  /** What for, where it is the bank's own fee. */
  fee?: BankFee;
}

/** One line of the bank's statement. The id follows from serial number, day and sum, so that it is there once whatever file brings it. */
export interface StatementLine extends CountyDocument {
  statement: string;
  row: number;
  serial: string;
  day: LocalDate;
  /** Where its day was closed when it was taken in: the first open day, whose close carries it. Lines of before this have none. */
  carriedTo?: LocalDate;
  /** What came in is positive. */
  amountFen: Fen;
  /** The other side's name and words, with the places `statementLine/<id>/name` and `…/remark`: they may name a family. */
  nameSealed?: string;
  remarkSealed?: string;
  /** The other side's bank account, to find and to show. */
  accountHash?: string;
  accountTail?: string;
  /** Who brought the file: the first to ask about it. */
  broughtBy: string;
  state: StateRecord<LineState>;
  match?: LineMatch;
  /** The gift number in the remark, and why it was not enough. */
  hint?: { code: Hint; gift?: string } | undefined;
  /** Why it was put aside. */
  reason?: string | undefined;
}

const text = { type: String, required: true };
const part = (fields: mongoose.SchemaDefinition) => new mongoose.Schema(fields, { _id: false });

const schema = countySchema<StatementLine>({
  statement: text,
  row: { type: Number, required: true },
  serial: text,
  day: text,
  carriedTo: String,
  amountFen: { type: Number, required: true },
  nameSealed: String,
  remarkSealed: String,
  accountHash: String,
  accountTail: String,
  broughtBy: text,
  state: part({ name: { type: String, required: true, enum: lineStates.states }, by: text, at: { type: Date, required: true } }),
  match: part({ how: text, entries: { type: [String], required: true }, gift: String, fee: { type: String, enum: bankFees } }),
  hint: part({ code: { type: String, required: true, enum: hints }, gift: String }),
  reason: String,
});
schema.index({ ledger: 1, 'state.name': 1, day: 1, _id: 1 });
schema.index({ ledger: 1, day: 1, _id: 1 });
schema.index({ ledger: 1, serial: 1 });
schema.index({ ledger: 1, carriedTo: 1 });
schema.index({ ledger: 1, statement: 1, row: 1, _id: 1 });

export const StatementLine: Model<StatementLine> = mongoose.model<StatementLine>('StatementLine', schema, 'bankStatementLines');

/** Where a sealed text of a line is bound to. */
export function linePlace(id: string, field: 'name' | 'remark'): string {
  return `statementLine/${id}/${field}`;
}

export function remarkOf({ _id, remarkSealed }: StatementLine): string {
  return remarkSealed ? decryptField(remarkSealed, linePlace(_id, 'remark')) : '';
}

export function nameOf({ _id, nameSealed }: StatementLine): string {
  return nameSealed ? decryptField(nameSealed, linePlace(_id, 'name')) : '';
}
