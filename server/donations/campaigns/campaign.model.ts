import mongoose, { type Model } from 'mongoose';
import type { Restriction } from '../../funds';
import type { LocalDate } from '../../kernel/local-date';
import type { Fen } from '../../kernel/money';
import type { StateRecord } from '../../kernel/state-table';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';
import { restrictionSchema } from '../gift.model';
import { type CampaignState, campaignStates } from './campaign.states';

/** A public appeal with a goal and days of its own. What it brings is tied to its purpose. Never edited: a new one follows. */
export interface Campaign extends CountyDocument {
  /** `K-2026-000001`, also in its address. */
  number: string;
  title: string;
  titleEn?: string;
  /** For whom and why, as everybody reads it. */
  story: string;
  goalFen: Fen;
  from: LocalDate;
  to: LocalDate;
  restriction: Restriction;
  /** The papers on which it stands; a draft may wait for them. */
  certificate?: string;
  plan?: string;
  draftedBy: string;
  draftedAt: Date;
  openedBy?: string;
  openedAt?: Date;
  state: StateRecord<CampaignState>;
}

const text = { type: String, required: true };
const part = (fields: mongoose.SchemaDefinition) => new mongoose.Schema(fields, { _id: false });
const schema = countySchema<Campaign>({
  number: text,
  title: text,
  titleEn: String,
  story: text,
  goalFen: { type: Number, required: true },
  from: text,
  to: text,
  restriction: restrictionSchema,
  certificate: String,
  plan: String,
  draftedBy: text,
  draftedAt: { type: Date, required: true },
  openedBy: String,
  openedAt: Date,
  state: part({ name: { ...text, enum: campaignStates.states }, by: text, at: { type: Date, required: true } }),
});
schema.index({ ledger: 1, number: 1 });
schema.index({ ledger: 1, draftedAt: -1, _id: -1 });
schema.index({ ledger: 1, 'state.name': 1, to: 1 });

export const Campaign: Model<Campaign> = mongoose.model<Campaign>('Campaign', schema, 'campaigns');
