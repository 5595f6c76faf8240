import mongoose, { type Model } from 'mongoose';
import type { StateRecord } from '../kernel/state-table';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';
import { type CardState, cardStates } from './household.states';

/** A household's card. The id is county and number, so that a number is given once. */
export interface Card extends CountyDocument {
  number: string;
  household: string;
  state: StateRecord<CardState>;
}

/** The household's PIN: system-issued, kept as a slow hash, never sent anywhere (DOMAIN 11, KI1). The id is the household's. */
export interface HouseholdPin extends CountyDocument {
  hash: string;
  /** Wrong tries since the last right one; counted before each comparison, so that parallel guesses count, too. */
  tries: number;
  /** When the last try was counted: once none is left, since when the PIN is locked. */
  triedAt?: Date;
}

const card = countySchema<Card>({
  number: { type: String, required: true },
  household: { type: String, required: true },
  state: {
    name: { type: String, required: true, enum: cardStates.states },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
});
card.index({ ledger: 1, household: 1 });

const pin = countySchema<HouseholdPin>({ hash: { type: String, required: true }, tries: { type: Number, required: true }, triedAt: Date });

export const Card: Model<Card> = mongoose.model<Card>('Card', card, 'cards');
export const HouseholdPin: Model<HouseholdPin> = mongoose.model<HouseholdPin>('HouseholdPin', pin, 'householdPins');
