import mongoose, { type Model } from 'mongoose';
import type { StateRecord } from '../../kernel/state-table';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';
import type { HeldLot } from '../free-of-gift';
import type { GiftChannel } from '../gift.model';
import { type RefundState, refundStates } from './refund.states';

/** For what money may be given back, and for nothing else (DO5). `outside`: made at the provider, not here. */
export const refundReasons = ['mistake', 'duplicate', 'unlawfulSource', 'failedPurpose'] as const;
export type RefundReason = (typeof refundReasons)[number];

/** Money of a gift on its way back to the payer. */
export interface GiftRefund extends CountyDocument {
  /** `R-2026-000001`; absent for one that was made at the provider. */
  number?: string;
  gift: string;
  amountFen: number;
  reason: RefundReason | 'outside';
  note: string;
  /** The way by which the gift came, and by which it goes back. */
  channel: GiftChannel;
  state: StateRecord<RefundState>;
  askedBy: string;
  askedAt: Date;
  approvedBy?: string;
  approvedAt?: Date;
  /** Where the sum lies while it is on its way: lots of the pool `refund:<id>`. */
  lots: HeldLot[];
  /** The key under which the provider is asked, kept before it is first asked. */
  providerKey?: string;
  /** The provider's id, or the bank's serial number of the transfer. */
  proof?: string;
  /** Why it was declined or failed. */
  refusal?: string;
  /** What was no longer there when a refund was made at the provider. */
  lossFen?: number;
  /** The entries by which the gift itself paid a part of that later. */
  borneBy?: readonly string[];
}

const text = { type: String, required: true };
const schema = countySchema<GiftRefund>({
  number: String,
  gift: text,
  amountFen: { type: Number, required: true },
  reason: { ...text, enum: [...refundReasons, 'outside'] },
  note: String,
  channel: text,
  state: { name: { ...text, enum: refundStates.states }, by: text, at: { type: Date, required: true } },
  askedBy: text,
  askedAt: { type: Date, required: true },
  approvedBy: String,
  approvedAt: Date,
  lots: { type: [new mongoose.Schema({ account: String, lastDay: String }, { _id: false })], required: true },
  providerKey: String,
  proof: String,
  refusal: String,
  lossFen: Number,
  borneBy: { type: [String], default: undefined },
});
schema.index({ ledger: 1, 'state.name': 1, askedAt: -1, _id: -1 });
schema.index({ ledger: 1, askedAt: -1, _id: -1 });
schema.index({ ledger: 1, gift: 1 });
schema.index({ ledger: 1, number: 1 });
schema.index({ ledger: 1, proof: 1 });

export const GiftRefund: Model<GiftRefund> = mongoose.model<GiftRefund>('GiftRefund', schema, 'giftRefunds');
