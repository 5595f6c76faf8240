import mongoose, { type Model } from 'mongoose';
import type { DivisionCode } from '../../kernel/division-code';
import type { LocalDate } from '../../kernel/local-date';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';

/** How a campaign may collect. */
export const givingWays = ['online', 'bankTransfer'] as const;
export type GivingWay = (typeof givingWays)[number];

/** For what a plan was filed: what the county asks for all the time, or one campaign. */
export const planServes = ['general', 'campaign'] as const;
type PlanServes = (typeof planServes)[number];

/** A fundraising plan filed with civil affairs (FU1): all that the law wants shown. What it says is never edited: a change is filed anew (FU3). */
export interface FiledPlan extends CountyDocument {
  number: string;
  name: string;
  /** Papers of the first counties do not say it: they are general. */
  serves?: PlanServes;
  purpose: string;
  from: LocalDate;
  to: LocalDate;
  area: DivisionCode;
  person: string;
  ways: GivingWay[];
  /** The charity's own account: public by law, so plain. */
  bankAccount: { holder: string; bank: string; number: string };
  beneficiaries: string;
  use: string;
  cost: string;
  surplus: string;
  filedOn: LocalDate;
  /** The campaign that was opened on it: no other one can be. */
  campaign?: string;
  /** Where the scan lies: a number of the file. */
  scan?: string;
  recordedBy: string;
  recordedAt: Date;
}

const text = { type: String, required: true };
/** What a filed plan says, for the plan itself and for the proposal that brings it in. */
export const filedPlanFields = {
  number: text,
  name: text,
  serves: { type: String, enum: planServes },
  purpose: text,
  from: text,
  to: text,
  area: text,
  person: text,
  ways: { type: [String], required: true, enum: givingWays },
  bankAccount: { holder: text, bank: text, number: text },
  beneficiaries: text,
  use: text,
  cost: text,
  surplus: text,
  filedOn: text,
} satisfies mongoose.SchemaDefinition;

const schema = countySchema<FiledPlan>({
  ...filedPlanFields,
  campaign: String,
  scan: String,
  recordedBy: text,
  recordedAt: { type: Date, required: true },
});
schema.index({ ledger: 1, to: 1 });

export const FiledPlan: Model<FiledPlan> = mongoose.model<FiledPlan>('FiledPlan', schema, 'filedPlans');
