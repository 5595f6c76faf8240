import mongoose, { type Model } from 'mongoose';
import type { LocalDate } from '../../kernel/local-date';
import type { Fen } from '../../kernel/money';
import type { StateRecord } from '../../kernel/state-table';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';
import { type RowFault, rowFaults } from './read-statement';
import { type StatementState, statementStates } from './statement.states';

/** A file of the bank, as somebody brought it. The id follows from its bytes, so that the same file is one statement. */
export interface BankStatement extends CountyDocument {
  fileName: string;
  sha256: string;
  template: string;
  firstDay: LocalDate;
  lastDay: LocalDate;
  /** Lines that can be read, each once. */
  lines: number;
  inFen: Fen;
  outFen: Fen;
  /** Rows that say what another row of the file says. */
  doubles: number;
  /** Rows that cannot be read, with the head of the column; of many the first ones. What stands there is in the sealed file only. */
  faults: { row: number; fault: RowFault; column?: string }[];
  faultCount: number;
  uploadedBy: string;
  uploadedAt: Date;
  state: StateRecord<StatementState>;
  /** How far the import has come: lines taken in or known before, lines looked at for a match. */
  taken: number;
  looked: number;
  /** Lines that an earlier file had brought. */
  known: number;
}

const text = { type: String, required: true };
const number = { type: Number, required: true };
const fault = new mongoose.Schema(
  { row: number, fault: { type: String, required: true, enum: rowFaults }, column: String },
  { _id: false },
);

const schema = countySchema<BankStatement>({
  fileName: text,
  sha256: text,
  template: text,
  firstDay: text,
  lastDay: text,
  lines: number,
  inFen: number,
  outFen: number,
  doubles: number,
  faults: { type: [fault], required: true },
  faultCount: number,
  uploadedBy: text,
  uploadedAt: { type: Date, required: true },
  state: { name: { type: String, required: true, enum: statementStates.states }, by: text, at: { type: Date, required: true } },
  taken: number,
  looked: number,
  known: number,
});
schema.index({ ledger: 1, uploadedAt: -1, _id: -1 });
schema.index({ ledger: 1, 'state.name': 1, lastDay: 1 });

export const BankStatement: Model<BankStatement> = mongoose.model<BankStatement>('BankStatement', schema, 'bankStatements');

/** The bytes of a statement, sealed with the place `bankStatement/<id>/file`: they name people. */
export interface StatementFile extends CountyDocument {
  sealed: string;
}

export const StatementFile: Model<StatementFile> = mongoose.model<StatementFile>(
  'StatementFile',
  countySchema<StatementFile>({ sealed: text }),
  'bankStatementFiles',
);

export function statementFilePlace(id: string): string {
  return `bankStatement/${id}/file`;
}
