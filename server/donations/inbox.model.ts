import mongoose, { type Model } from 'mongoose';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';

/** What an event of the provider led to. `parked`: money that does not fit its gift, for a person to look at. */
const eventOutcomes = ['settled', 'nothing', 'parked', 'notOurs', 'notHandled'] as const;
export type EventOutcome = (typeof eventOutcomes)[number];

/** An event of the payment provider that was dealt with; the id is the event's, so that each is dealt with once. */
export interface ProviderMessage extends CountyDocument {
  type: string;
  objectId: string;
  createdAt: Date;
  receivedAt: Date;
  outcome: EventOutcome;
  gift?: string;
}

const schema = countySchema<ProviderMessage>({
  type: { type: String, required: true },
  objectId: { type: String, required: true },
  createdAt: { type: Date, required: true },
  receivedAt: { type: Date, required: true },
  outcome: { type: String, required: true, enum: eventOutcomes },
  gift: String,
});
schema.index({ ledger: 1, outcome: 1, receivedAt: -1 });

export const ProviderMessage: Model<ProviderMessage> = mongoose.model<ProviderMessage>('ProviderMessage', schema, 'providerMessages');
