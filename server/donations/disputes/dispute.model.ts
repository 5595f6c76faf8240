import mongoose, { type Model } from 'mongoose';
import { type StateOf, type StateRecord, stateTable } from '../../kernel/state-table';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';
import type { HeldLot } from '../free-of-gift';

/**
 * `open`: what the gift has free lies apart; `withdrawn`: the provider has taken the money; `returned`: it has come back and is about to
 * be the gift's again; `won`: it is; `lost`: it will not come back.
 */
export const disputeStates = stateTable({
  open: ['withdrawn', 'won'],
  withdrawn: ['returned', 'lost'],
  lost: ['returned'],
  returned: ['won'],
  won: [],
});
type DisputeState = StateOf<typeof disputeStates>;

/** The payer's bank asks for a payment back (DO9). The id follows from the provider's. */
export interface GiftDispute extends CountyDocument {
  disputeId: string;
  gift: string;
  amountFen: number;
  /** The provider's words, as they were last read. */
  status: string;
  reason: string;
  dueBy?: Date;
  openedAt: Date;
  state: StateRecord<DisputeState>;
  /** What of it the gift had free, and where that lies: lots of the pool `disputed:<id>`. */
  heldFen: number;
  lots: HeldLot[];
  /** What was no longer there when the money was taken. */
  lossFen: number;
  /** The entries by which the gift itself paid a part of that later. */
  borneBy?: readonly string[];
}

const text = { type: String, required: true };
const schema = countySchema<GiftDispute>({
  disputeId: text,
  gift: text,
  amountFen: { type: Number, required: true },
  status: text,
  reason: text,
  dueBy: Date,
  openedAt: { type: Date, required: true },
  state: { name: { ...text, enum: disputeStates.states }, by: text, at: { type: Date, required: true } },
  heldFen: { type: Number, required: true },
  lots: { type: [new mongoose.Schema({ account: String, lastDay: String }, { _id: false })], required: true },
  lossFen: { type: Number, required: true },
  borneBy: { type: [String], default: undefined },
});
schema.index({ ledger: 1, gift: 1 });
schema.index({ ledger: 1, 'state.name': 1, openedAt: -1, _id: -1 });

export const GiftDispute: Model<GiftDispute> = mongoose.model<GiftDispute>('GiftDispute', schema, 'giftDisputes');
