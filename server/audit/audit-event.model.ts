import mongoose, { type Model } from 'mongoose';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';

/** Facts as they are kept. What may be told is the closed list of `facts.ts`; what was told once is read for ever. */
export type KeptFacts = Readonly<Record<string, string | number>>;

/** Who did what to which document, and when; written in the commit of the deed itself, never changed. */
export interface AuditEvent extends CountyDocument {
  at: Date;
  /** `<document>.<what happened>`: `household.confirmed`. Its words are `kinds:<what>`, as for an entry of the ledger. */
  what: string;
  /** Who did it: a random id or `system:<job>`. */
  actor: string;
  subjectType: string;
  subjectId: string;
  /** The access token by which a program did it for the actor. */
  token?: string;
  requestId?: string;
  reason?: string;
  /** Names of the personal fields that were shown in full (PR5), sorted, with blanks between; never what stood in them. */
  saw?: string;
  before?: KeptFacts;
  after?: KeptFacts;
}

const schema = countySchema<AuditEvent>({
  at: { type: Date, required: true },
  what: { type: String, required: true },
  actor: { type: String, required: true },
  subjectType: { type: String, required: true },
  subjectId: { type: String, required: true },
  token: String,
  requestId: String,
  reason: String,
  saw: String,
  before: Object,
  after: Object,
});
schema.index({ ledger: 1, at: -1, _id: -1 });
schema.index({ ledger: 1, subjectType: 1, subjectId: 1, at: -1, _id: -1 });
schema.index({ ledger: 1, actor: 1, at: -1, _id: -1 });
schema.index({ ledger: 1, what: 1, at: -1, _id: -1 });
schema.index({ ledger: 1, at: -1, _id: -1, saw: 1 }, { name: 'seen', partialFilterExpression: { saw: { $exists: true } } });

export const AuditEvent: Model<AuditEvent> = mongoose.model<AuditEvent>('AuditEvent', schema, 'auditEvents');
