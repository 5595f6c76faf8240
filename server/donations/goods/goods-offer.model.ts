import mongoose, { type Model } from 'mongoose';
import type { DivisionCode } from '../../kernel/division-code';
import type { LocalDate } from '../../kernel/local-date';
import type { Fen } from '../../kernel/money';
import type { StateRecord } from '../../kernel/state-table';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';
import { type KeptGiver, keptGiver } from '../kept-giver.model';
import { type GoodsState, goodsStates } from './goods.states';
import { type OfferPhoto, photoSides } from './goods-photo.model';

/** One kind of goods in an offer. */
export interface GoodsLine {
  name: string;
  unit: string;
  quantity: number;
  /** What the giver says it is worth, all together. */
  declaredFen?: Fen;
  /** The last day on which it may be used. */
  lastDay?: LocalDate;
  /** What the giver has to show for it: the number of an invoice, a certificate. */
  evidence?: string;
  /** How many of them were found safe and usable, and what was seen. */
  usable?: number;
  quality?: string;
  /** The price of one by its evidence, and what the good ones are worth in the book; absent for what has no price (DO3). */
  unitFen?: Fen;
  valueFen?: Fen;
  valueEvidence?: string;
  /** How many a shop has put on its shelf. */
  shelved: number;
  /** How many of them fulfil a pledge. */
  pledged?: number;
}

/** Goods that somebody offers, until they lie on shelves. */
export interface GoodsOffer extends CountyDocument, KeptGiver {
  /** `G-2026-000012`: said aloud, and the number of the gift once the goods are valued. */
  number: string;
  /** Unguessable: whoever has the link may see how it stands. */
  code: string;
  /** Where the goods are to go; the whole county if absent. */
  area?: DivisionCode;
  note?: string;
  /** What giver and inspector have photographed. */
  photos?: OfferPhoto[];
  lines: GoodsLine[];
  state: StateRecord<GoodsState>;
  offeredBy: string;
  offeredAt: Date;
  inspection?: { by: string; at: Date; note?: string };
  decision?: { by: string; at: Date; reason?: string };
  valuation?: { by: string; at: Date };
  /** What the lines are worth in the book together. */
  valueFen?: Fen;
  /** The gift that it is, once something of it has a value. */
  gift?: string;
}

const text = { type: String, required: true };
const number = { type: Number, required: true };
const instant = { type: Date, required: true };
const part = (fields: mongoose.SchemaDefinition) => new mongoose.Schema(fields, { _id: false });
const line = {
  name: text,
  unit: text,
  quantity: number,
  declaredFen: Number,
  lastDay: String,
  evidence: String,
  usable: Number,
  quality: String,
  unitFen: Number,
  valueFen: Number,
  valueEvidence: String,
  shelved: number,
  pledged: Number,
};

const schema = countySchema<GoodsOffer>({
  number: text,
  code: text,
  ...keptGiver,
  area: String,
  note: String,
  photos: {
    type: [part({ id: text, side: { ...text, enum: photoSides }, at: instant })],
    default: undefined,
  },
  lines: { type: [part(line)], required: true },
  state: part({ name: { ...text, enum: goodsStates.states }, by: text, at: instant }),
  offeredBy: text,
  offeredAt: instant,
  inspection: part({ by: text, at: instant, note: String }),
  decision: part({ by: text, at: instant, reason: String }),
  valuation: part({ by: text, at: instant }),
  valueFen: Number,
  gift: String,
});
schema.index({ ledger: 1, 'state.name': 1, offeredAt: -1, _id: -1 });
schema.index({ ledger: 1, donor: 1, offeredAt: -1, _id: -1 });
schema.index({ ledger: 1, number: 1 });
schema.index({ ledger: 1, code: 1 });

export const GoodsOffer: Model<GoodsOffer> = mongoose.model<GoodsOffer>('GoodsOffer', schema, 'goodsOffers');

/** Where a sealed text of an offer is bound to. */
export function offerPlace(id: string, field: 'payerName' | 'contactName' | 'contactPhone'): string {
  return `goodsOffer/${id}/${field}`;
}
