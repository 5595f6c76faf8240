import mongoose, { type Model } from 'mongoose';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';
import { type Good, type GoodsCategory, goods, goodsCategories } from './goods';

/** What one price was, and since when. */
interface PointPrice {
  points: number;
  from: Date;
  by: string;
}

/** A product: one unit in the ledger, `goods:<id>`. A new pack size is a new product. */
export interface Product extends CountyDocument {
  name: string;
  /** What one piece is: 5 公斤, 2 瓶. */
  pack: string;
  good: Good;
  category: GoodsCategory;
  /** The price of now, in whole points near the retail price (DOMAIN 10, SH2). */
  points: number;
  /** All prices, oldest first. */
  prices: PointPrice[];
  /** Place on the shelf. */
  rank: number;
}

const schema = countySchema<Product>({
  name: { type: String, required: true },
  pack: { type: String, required: true },
  good: { type: String, required: true, enum: goods },
  category: { type: String, required: true, enum: goodsCategories },
  points: { type: Number, required: true },
  prices: {
    type: [
      new mongoose.Schema(
        { points: { type: Number, required: true }, from: { type: Date, required: true }, by: { type: String, required: true } },
        { _id: false },
      ),
    ],
    required: true,
  },
  rank: { type: Number, required: true },
});
schema.index({ ledger: 1, rank: 1, _id: 1 });

export const Product: Model<Product> = mongoose.model<Product>('Product', schema, 'products');
