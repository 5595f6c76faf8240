import mongoose, { type Model } from 'mongoose';
import { type StateOf, type StateRecord, stateTable } from '../../kernel/state-table';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';

/** One person proposes that two records are one donor, another decides. */
export const mergeStates = stateTable({ proposed: ['approved', 'declined'], approved: [], declined: [] });
export type MergeState = StateOf<typeof mergeStates>;

export interface DonorMerge extends CountyDocument {
  /** The record that will point to the other one. */
  from: string;
  /** The record that stays. */
  into: string;
  reason: string;
  askedBy: string;
  askedAt: Date;
  /** When the record that stays had been registered, as whoever proposed it saw it; absent for one that had not. */
  registeredAt?: Date;
  state: StateRecord<MergeState>;
  refusal?: string;
}

const text = { type: String, required: true };
const schema = countySchema<DonorMerge>({
  from: text,
  into: text,
  reason: text,
  askedBy: text,
  askedAt: { type: Date, required: true },
  registeredAt: Date,
  state: new mongoose.Schema({ name: { ...text, enum: mergeStates.states }, by: text, at: { type: Date, required: true } }, { _id: false }),
  refusal: String,
});
schema.index({ ledger: 1, 'state.name': 1, askedAt: -1, _id: -1 });
schema.index({ ledger: 1, from: 1 });
schema.index({ ledger: 1, into: 1 });

export const DonorMerge: Model<DonorMerge> = mongoose.model<DonorMerge>('DonorMerge', schema, 'donorMerges');
