import mongoose, { type Model } from 'mongoose';
import type { StateRecord } from '../kernel/state-table';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';
import { type KioskState, kioskStates } from './kiosk.states';

/** A kiosk: a device of one shop. Its token names device and pairing, so that pairing it anew ends the token of before. */
export interface KioskDevice extends CountyDocument {
  shop: string;
  name: string;
  state: StateRecord<KioskState>;
  /** How often it has been paired. */
  pairing: number;
  /** Keyed hash of the code that pairs it, once, until then. */
  codeHash?: string | undefined;
  codeUntil?: Date | undefined;
}

const schema = countySchema<KioskDevice>({
  shop: { type: String, required: true },
  name: { type: String, required: true },
  state: {
    name: { type: String, required: true, enum: kioskStates.states },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  pairing: { type: Number, required: true },
  codeHash: String,
  codeUntil: Date,
});
schema.index({ ledger: 1, shop: 1 });
schema.index({ ledger: 1, codeHash: 1 }, { sparse: true });

export const KioskDevice: Model<KioskDevice> = mongoose.model<KioskDevice>('KioskDevice', schema, 'kioskDevices');
