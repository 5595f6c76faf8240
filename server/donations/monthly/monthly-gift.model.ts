import mongoose, { type Model } from 'mongoose';
import type { Restriction } from '../../funds';
import type { Locale } from '../../kernel/context';
import type { LocalDate } from '../../kernel/local-date';
import type { Fen } from '../../kernel/money';
import type { StateRecord } from '../../kernel/state-table';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';
import { attemptsSchema, type PayAttempt, restrictionSchema } from '../gift.model';
import { type KeptGiver, keptGiver } from '../kept-giver.model';
import { type MonthlyState, monthlyStates } from './monthly-gift.states';

/** Why a monthly gift has ended. */
const endings = ['giver', 'unpaid', 'provider'] as const;
export type Ending = (typeof endings)[number];

/** A month that could not be collected, with the last try of it. */
export interface MissedMonth {
  invoice: string;
  amountFen: Fen;
  at: Date;
  tries: number;
  nextTryAt?: Date;
  /** It was collected after all. */
  paidAt?: Date;
}

/**
 * That somebody gives a sum each month, by card, until he stops. No money: each month that is collected is a gift of its own. Sealed
 * parts stand for the place `gift/<_id>/…`, as a gift's do.
 */
export interface MonthlyGift extends CountyDocument, KeptGiver {
  /** `M-2026-000012` */
  number: string;
  /** Unguessable: whoever has the link may change, pause and end it. An organisation's needs its own people besides. */
  code: string;
  restriction: Restriction;
  /** What is collected from the next month on, as the provider says. */
  amountFen: Fen;
  /** Every sum that the giver has agreed to: another one is never booked unseen. */
  agreed: Fen[];
  state: StateRecord<MonthlyState>;
  locale: Locale;
  openedAt: Date;
  openedBy: string;
  attempts: PayAttempt[];
  subscriptionId?: string;
  nextOn?: LocalDate;
  missed: MissedMonth[];
  endedBy?: Ending;
}

const part = (fields: mongoose.SchemaDefinition) => new mongoose.Schema(fields, { _id: false });
const text = { type: String, required: true };

const schema = countySchema<MonthlyGift>({
  number: text,
  code: text,
  ...keptGiver,
  restriction: restrictionSchema,
  amountFen: { type: Number, required: true },
  agreed: { type: [Number], required: true },
  state: part({ name: { type: String, required: true, enum: monthlyStates.states }, by: text, at: { type: Date, required: true } }),
  locale: text,
  openedAt: { type: Date, required: true },
  openedBy: text,
  attempts: attemptsSchema,
  subscriptionId: String,
  nextOn: String,
  missed: {
    type: [part({ invoice: String, amountFen: Number, at: Date, tries: Number, nextTryAt: Date, paidAt: Date })],
    required: true,
  },
  endedBy: { type: String, enum: endings },
});
schema.index({ ledger: 1, 'state.name': 1, openedAt: -1, _id: -1 });
schema.index({ ledger: 1, donor: 1, openedAt: -1, _id: -1 });
schema.index({ ledger: 1, openedAt: -1, _id: -1 });
schema.index({ ledger: 1, code: 1 });
schema.index({ ledger: 1, number: 1 });

export const MonthlyGift: Model<MonthlyGift> = mongoose.model<MonthlyGift>('MonthlyGift', schema, 'monthlyGifts');
