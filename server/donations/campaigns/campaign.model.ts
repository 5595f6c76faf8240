import mongoose, { type Model } from 'mongoose';
import type { Restriction } from '../../funds';
import type { LocalDate } from '../../kernel/local-date';
import type { Fen } from '../../kernel/money';
import type { StateRecord } from '../../kernel/state-table';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';
import { restrictionSchema } from '../gift.model';
import { type CampaignState, campaignStates } from './campaign.states';

/** What of an open campaign may still change; its purpose, first day, certificate and filed plan never do. */
export interface CampaignTerms {
  title: string;
  titleEn?: string | undefined;
  /** For whom and why, as everybody reads it. */
  story: string;
  storyEn?: string | undefined;
  goalFen: Fen;
  to: LocalDate;
}

/** What one person proposes for an open campaign, and another confirms or declines: other terms, or its end with a public reason. */
export interface CampaignProposal {
  id: string;
  terms?: CampaignTerms;
  reason?: string;
  reasonEn?: string | undefined;
  by: string;
  at: Date;
}

/** A change that two persons made, with what was said before. */
interface CampaignChange {
  id: string;
  before: CampaignTerms;
  after: CampaignTerms;
  proposedBy: string;
  confirmedBy: string;
  at: Date;
}

/** A public appeal with a goal and days of its own. What it brings is tied to its purpose. */
export interface Campaign extends CountyDocument, CampaignTerms {
  /** `K-2026-000001`, also in its address. */
  number: string;
  from: LocalDate;
  restriction: Restriction;
  /** The papers on which it stands; a draft may wait for them. */
  certificate?: string | undefined;
  plan?: string | undefined;
  draftedBy: string;
  draftedAt: Date;
  /** When the draft was written anew, the oldest first. Whoever wrote it last is `state.by`. */
  edits?: { id: string; by: string; at: Date }[];
  openedBy?: string;
  openedAt?: Date;
  proposal?: CampaignProposal | undefined;
  /** The oldest first. */
  changes?: CampaignChange[];
  /** Proposals that came to nothing: declined, taken back, or overtaken by the last day. */
  unmade?: { id: string; by: string; at: Date }[];
  /** Why it ended before its last day, and the proposal that another person confirmed. */
  stop?: { id: string; reason: string; reasonEn?: string | undefined; proposedBy: string };
  state: StateRecord<CampaignState>;
}

const text = { type: String, required: true };
const part = (fields: mongoose.SchemaDefinition) => new mongoose.Schema(fields, { _id: false });
const terms = { title: text, titleEn: String, story: text, storyEn: String, goalFen: { type: Number, required: true }, to: text };
const schema = countySchema<Campaign>({
  number: text,
  ...terms,
  from: text,
  restriction: restrictionSchema,
  certificate: String,
  plan: String,
  draftedBy: text,
  draftedAt: { type: Date, required: true },
  edits: { type: [part({ id: text, by: text, at: { type: Date, required: true } })], default: undefined },
  openedBy: String,
  openedAt: Date,
  proposal: part({ id: text, terms: part(terms), reason: String, reasonEn: String, by: text, at: { type: Date, required: true } }),
  changes: {
    type: [
      part({ id: text, before: part(terms), after: part(terms), proposedBy: text, confirmedBy: text, at: { type: Date, required: true } }),
    ],
    default: undefined,
  },
  unmade: { type: [part({ id: text, by: text, at: { type: Date, required: true } })], default: undefined },
  stop: part({ id: text, reason: text, reasonEn: String, proposedBy: text }),
  state: part({ name: { ...text, enum: campaignStates.states }, by: text, at: { type: Date, required: true } }),
});
schema.index({ ledger: 1, number: 1 });
schema.index({ ledger: 1, draftedAt: -1, _id: -1 });
schema.index({ ledger: 1, 'state.name': 1, to: 1 });

export const Campaign: Model<Campaign> = mongoose.model<Campaign>('Campaign', schema, 'campaigns');
