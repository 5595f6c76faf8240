import mongoose, { type Model } from 'mongoose';
import type { DivisionCode } from '../kernel/division-code';
import type { LocalDate } from '../kernel/local-date';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';

/** Goods that came to a shop: one product with one shelf life, a lot of its shelf. */
export interface Delivery extends CountyDocument {
  /** On its paper: `L-2026-000001`. */
  number: string;
  shop: string;
  village: DivisionCode;
  product: string;
  pieces: number;
  /** Book value of all pieces together, in fen. */
  valueFen: number;
  /** The last day on which it may be handed out. */
  lastDay?: LocalDate;
  supplier: string;
  /** Of goods that somebody gave: the line of the offer, and how much of it in the offer's unit. */
  given?: { offer: string; line: number; quantity: number };
  receivedBy: string;
  receivedAt: Date;
  seq: number;
}

const schema = countySchema<Delivery>({
  number: { type: String, required: true },
  shop: { type: String, required: true },
  village: { type: String, required: true },
  product: { type: String, required: true },
  pieces: { type: Number, required: true },
  valueFen: { type: Number, required: true },
  lastDay: String,
  supplier: { type: String, required: true },
  given: new mongoose.Schema({ offer: String, line: Number, quantity: Number }, { _id: false }),
  receivedBy: { type: String, required: true },
  receivedAt: { type: Date, required: true },
  seq: { type: Number, required: true },
});
schema.index({ ledger: 1, number: 1 });
schema.index({ ledger: 1, shop: 1, receivedAt: -1, _id: -1 });

export const Delivery: Model<Delivery> = mongoose.model<Delivery>('Delivery', schema, 'deliveries');
