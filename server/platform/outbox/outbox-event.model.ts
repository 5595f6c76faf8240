import mongoose, { type Model } from 'mongoose';
import { countySchema } from '../mongo/county-schema';
import type { CountyDocument } from '../mongo/document-writes';
import type { Payload } from '../queues/job';

const keptDoneS = 90 * 86_400;

/** A message that is owed: written in the commit of the fact it tells, so that neither can be without the other. */
export interface OutboxEvent extends CountyDocument {
  topic: string;
  payload: Payload;
  requestId?: string;
  /** `waiting` for the relay, `sent` to the queue, `done` by its job. */
  state: 'waiting' | 'sent' | 'done';
  recordedAt: Date;
  sentAt?: Date;
  doneAt?: Date;
}

const schema = countySchema<OutboxEvent>({
  topic: { type: String, required: true },
  payload: { type: mongoose.Schema.Types.Mixed, required: true },
  requestId: String,
  state: { type: String, required: true, enum: ['waiting', 'sent', 'done'] },
  recordedAt: { type: Date, required: true },
  sentAt: Date,
  doneAt: Date,
});
schema.index({ ledger: 1, state: 1, recordedAt: 1, _id: 1 });
schema.index({ doneAt: 1 }, { expireAfterSeconds: keptDoneS }); // only rows that are done have the field

export const OutboxEvent: Model<OutboxEvent> = mongoose.model<OutboxEvent>('OutboxEvent', schema, 'outbox');
