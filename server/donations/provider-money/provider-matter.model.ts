import mongoose, { type Model } from 'mongoose';
import { type StateOf, type StateRecord, stateTable } from '../../kernel/state-table';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';

/**
 * What somebody has to look at: a loss by a dispute, a refund that nobody here asked for, a warning of fraud, a refund that the provider
 * does not carry out, money that was put aside and is given back or disputed elsewhere, a payout that is not the sum of its parts, a movement of the balance that this version does not know.
 */
const matterKinds = [
  'chargebackLoss',
  'outsideRefund',
  'fraudWarning',
  'refundStuck',
  'payoutDiffers',
  'unknownMovement',
  'parkedReturn',
] as const;
export type MatterKind = (typeof matterKinds)[number];

export const matterStates = stateTable({ open: ['closed'], closed: [] });
type MatterState = StateOf<typeof matterStates>;

/** The id follows from kind and object, so that each is listed once. */
export interface ProviderMatter extends CountyDocument {
  kind: MatterKind;
  /** The provider's id of what it is about. */
  about: string;
  gift?: string;
  amountFen?: number;
  openedAt: Date;
  state: StateRecord<MatterState>;
  note?: string;
}

const schema = countySchema<ProviderMatter>({
  kind: { type: String, required: true, enum: matterKinds },
  about: { type: String, required: true },
  gift: String,
  amountFen: Number,
  openedAt: { type: Date, required: true },
  state: {
    name: { type: String, required: true, enum: matterStates.states },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  note: String,
});
schema.index({ ledger: 1, 'state.name': 1, openedAt: 1, _id: 1 });
schema.index({ ledger: 1, gift: 1 });

export const ProviderMatter: Model<ProviderMatter> = mongoose.model<ProviderMatter>('ProviderMatter', schema, 'providerMatters');
