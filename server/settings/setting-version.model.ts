import mongoose, { type Model } from 'mongoose';
import type { SettingPeriod } from '../kernel/setting-period';
import type { StateRecord } from '../kernel/state-table';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';
import type { SettingVersionState } from './setting-version.states';

/** One version of a number of policy. Once confirmed, only its end may move, and only to a day that is still to come. */
export interface SettingVersion extends CountyDocument, SettingPeriod {
  name: string;
  value: unknown;
  /** The document that set it: 和防贫办〔2025〕18 号. */
  sourceDoc: string;
  reason: string;
  /** Last day as it was proposed; the end itself may have moved since. */
  proposedTo?: string;
  proposedBy: string;
  proposedAt: Date;
  confirmedBy?: string;
  confirmedAt?: Date;
  declinedBecause?: string;
  state: StateRecord<SettingVersionState>;
}

const schema = countySchema<SettingVersion>({
  name: { type: String, required: true },
  scope: { type: String, required: true },
  value: { type: mongoose.Schema.Types.Mixed, required: true },
  effectiveFrom: { type: String, required: true },
  effectiveTo: String,
  sourceDoc: { type: String, required: true },
  reason: { type: String, default: '' },
  proposedTo: String,
  proposedBy: { type: String, required: true },
  proposedAt: { type: Date, required: true },
  confirmedBy: String,
  confirmedAt: Date,
  declinedBecause: String,
  state: { name: { type: String, required: true }, by: { type: String, required: true }, at: { type: Date, required: true } },
});
schema.index({ ledger: 1, name: 1, effectiveFrom: -1 });
schema.index({ ledger: 1, 'state.name': 1 });

export const SettingVersion: Model<SettingVersion> = mongoose.model<SettingVersion>('SettingVersion', schema, 'settingVersions');
