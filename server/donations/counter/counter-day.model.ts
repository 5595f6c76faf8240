import mongoose, { type Model } from 'mongoose';
import type { LocalDate } from '../../kernel/local-date';
import type { Fen } from '../../kernel/money';
import type { StateRecord } from '../../kernel/state-table';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';
import { type CounterDayState, counterDayStates } from './counter.states';

/** How many of each note and coin somebody counted, by its value in fen. */
interface CashCount {
  by: string;
  at: Date;
  pieces: { valueFen: number; count: number }[];
  totalFen: Fen;
}

/** One day of one counter, from its first slip to its close. The id follows from both. */
export interface CounterDay extends CountyDocument {
  counter: string;
  day: LocalDate;
  state: StateRecord<CounterDayState>;
  /** Slips that somebody has asked to void and nobody has decided on: the day is not counted before. */
  voidsAsked: number;
  /** Every count, the last one counts. */
  counts: CashCount[];
  /** What the book said when it was counted. */
  expectedFen?: Fen;
  explanation?: { text: string; by: string; at: Date } | undefined;
}

const text = { type: String, required: true };
const number = { type: Number, required: true };
const instant = { type: Date, required: true };
const part = (fields: mongoose.SchemaDefinition) => new mongoose.Schema(fields, { _id: false });

const schema = countySchema<CounterDay>({
  counter: text,
  day: text,
  state: part({ name: { ...text, enum: counterDayStates.states }, by: text, at: instant }),
  voidsAsked: number,
  counts: {
    type: [
      part({ by: text, at: instant, pieces: { type: [part({ valueFen: number, count: number })], required: true }, totalFen: number }),
    ],
    required: true,
  },
  expectedFen: Number,
  explanation: part({ text, by: text, at: instant }),
});
schema.index({ ledger: 1, counter: 1, day: -1, _id: -1 });
schema.index({ ledger: 1, 'state.name': 1, day: 1 });

export const CounterDay: Model<CounterDay> = mongoose.model<CounterDay>('CounterDay', schema, 'counterDays');
