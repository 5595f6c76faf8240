import mongoose, { type Model } from 'mongoose';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';

/** What an event of the provider led to. `waiting`: nothing yet; `parked`: money that does not fit its gift, for a person to look at. */
const eventOutcomes = ['waiting', 'settled', 'nothing', 'parked', 'notOurs', 'notHandled'] as const;
export type EventOutcome = (typeof eventOutcomes)[number];

/** An event that the payment provider has told; the id is the event's, so that each is dealt with once. */
export interface ProviderMessage extends CountyDocument {
  type: string;
  /** Absent on those of before it was kept. */
  objectType?: string;
  objectId: string;
  createdAt: Date;
  receivedAt: Date;
  outcome: EventOutcome;
  gift?: string;
}

const schema = countySchema<ProviderMessage>({
  type: { type: String, required: true },
  objectType: String,
  objectId: { type: String, required: true },
  createdAt: { type: Date, required: true },
  receivedAt: { type: Date, required: true },
  outcome: { type: String, required: true, enum: eventOutcomes },
  gift: String,
});
schema.index({ ledger: 1, outcome: 1, receivedAt: -1 });

export const ProviderMessage: Model<ProviderMessage> = mongoose.model<ProviderMessage>('ProviderMessage', schema, 'providerMessages');
