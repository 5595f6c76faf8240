import mongoose, { type Model } from 'mongoose';
import { type Purpose, purposes } from '../../funds';
import type { Fen } from '../../kernel/money';
import type { StateRecord } from '../../kernel/state-table';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';
import { type RowFault, rowFaults } from './read-roster';
import { type RosterState, rosterStates } from './roster.states';

/** What the rows of one purpose are together and, once booked, the lot that holds it. */
export interface RosterPart {
  purpose: Purpose;
  count: number;
  sumFen: Fen;
  lot?: string;
}

/** Who gave which part of one gift that an organisation collected from its members (DO7). The id follows from the gift and the file. */
export interface Roster extends CountyDocument {
  /** `J-2026-000001`. */
  number: string;
  gift: string;
  fileName: string;
  sha256: string;
  /** Rows that can be read, and their sum. */
  lines: number;
  sumFen: Fen;
  named: number;
  /** Rows that say the same name and sum as another: perhaps two people, perhaps one typed twice. */
  doubles: number;
  parts: RosterPart[];
  /** The first rows, for the eye. */
  first: { row: number; nameSealed: string; purpose: Purpose; amountFen: Fen; isNamed: boolean }[];
  /** Rows that cannot be read; of many the first ones. */
  faults: { row: number; faults: RowFault[] }[];
  faultCount: number;
  uploadedBy: string;
  uploadedAt: Date;
  askedBy?: string;
  askedAt?: Date;
  confirmedBy?: string;
  confirmedAt?: Date;
  undo?: { by: string; at: Date; reason: string } | undefined;
  state: StateRecord<RosterState>;
  /** How many rows the job has written. */
  taken: number;
}

/** One member's part. It belongs to the roster whatever becomes of it: whether it holds is the roster's state. */
export interface RosterLine extends CountyDocument {
  roster: string;
  gift: string;
  row: number;
  /** With the place `rosterLine/<id>/name`. */
  nameSealed: string;
  purpose: Purpose;
  amountFen: Fen;
  /** May the name be shown? */
  isNamed: boolean;
}

/** The bytes that were brought, sealed with the place `roster/<id>/file`: they name people. */
export interface RosterFile extends CountyDocument {
  sealed: string;
}

const text = { type: String, required: true };
const number = { type: Number, required: true };
const moment = { type: Date, required: true };
const purpose = { ...text, enum: purposes };
const part = (fields: mongoose.SchemaDefinition) => new mongoose.Schema(fields, { _id: false });

const schema = countySchema<Roster>({
  number: text,
  gift: text,
  fileName: text,
  sha256: text,
  lines: number,
  sumFen: number,
  named: number,
  doubles: number,
  parts: { type: [part({ purpose, count: number, sumFen: number, lot: String })], required: true },
  first: {
    type: [part({ row: number, nameSealed: text, purpose, amountFen: number, isNamed: { type: Boolean, required: true } })],
    required: true,
  },
  faults: { type: [part({ row: number, faults: { type: [String], required: true, enum: rowFaults } })], required: true },
  faultCount: number,
  uploadedBy: text,
  uploadedAt: moment,
  askedBy: String,
  askedAt: Date,
  confirmedBy: String,
  confirmedAt: Date,
  undo: part({ by: text, at: moment, reason: text }),
  state: part({ name: { ...text, enum: rosterStates.states }, by: text, at: moment }),
  taken: number,
});
schema.index({ ledger: 1, uploadedAt: -1, _id: -1 });
schema.index({ ledger: 1, gift: 1 });
schema.index({ ledger: 1, number: 1 });
schema.index({ ledger: 1, 'state.name': 1 });

export const Roster: Model<Roster> = mongoose.model<Roster>('Roster', schema, 'rosters');

const lineSchema = countySchema<RosterLine>({
  roster: text,
  gift: text,
  row: number,
  nameSealed: text,
  purpose,
  amountFen: number,
  isNamed: { type: Boolean, required: true },
});
lineSchema.index({ ledger: 1, roster: 1, row: 1, _id: 1 });
lineSchema.index({ ledger: 1, roster: 1, purpose: 1, row: 1, _id: 1 });

export const RosterLine: Model<RosterLine> = mongoose.model<RosterLine>('RosterLine', lineSchema, 'rosterLines');

export const RosterFile: Model<RosterFile> = mongoose.model<RosterFile>(
  'RosterFile',
  countySchema<RosterFile>({ sealed: text }),
  'rosterFiles',
);

export const filePlace = (id: string) => `roster/${id}/file`;
export const previewPlace = (id: string, row: number) => `roster/${id}/first/${row}`;
export const linePlace = (id: string) => `rosterLine/${id}/name`;
