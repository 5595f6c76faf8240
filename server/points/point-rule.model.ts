import mongoose, { type Model } from 'mongoose';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';

/** The heads of the rule book; own work weighs most (DOMAIN 9, PT1 and setting `rules`). */
export const ruleHeads = ['work', 'filial', 'home', 'service', 'neighbour', 'learning'] as const;
export type RuleHead = (typeof ruleHeads)[number];

/** One line of the county's rule book: what earns how many points. */
export interface PointRule extends CountyDocument {
  head: RuleHead;
  /** As people say it: 村里清扫. */
  item: string;
  score: number;
  /** Place in the book. */
  rank: number;
  sourceDoc: string;
}

const schema = countySchema<PointRule>({
  head: { type: String, required: true, enum: ruleHeads },
  item: { type: String, required: true },
  score: { type: Number, required: true },
  rank: { type: Number, required: true },
  sourceDoc: { type: String, required: true },
});
schema.index({ ledger: 1, rank: 1 });

export const PointRule: Model<PointRule> = mongoose.model<PointRule>('PointRule', schema, 'pointRules');
