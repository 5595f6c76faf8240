import mongoose, { type Model } from 'mongoose';
import type { DivisionCode } from '../kernel/division-code';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';

/** An inspiration warm-heart supermarket. */
export interface Shop extends CountyDocument {
  name: string;
  village: DivisionCode;
  /** Leads the numbers of its slips: `LS-000418`. */
  code: string;
  phone: string;
}

/** That two shops do not number their slips alike. The id is the county and the code. */
export interface ShopCode extends CountyDocument {
  shop: string;
}

const schema = countySchema<Shop>({
  name: { type: String, required: true },
  village: { type: String, required: true },
  code: { type: String, required: true },
  phone: { type: String, required: true },
});
schema.index({ ledger: 1, village: 1 });

export const Shop: Model<Shop> = mongoose.model<Shop>('Shop', schema, 'shops');
export const ShopCode: Model<ShopCode> = mongoose.model<ShopCode>(
  'ShopCode',
  countySchema<ShopCode>({ shop: { type: String, required: true } }),
  'shopCodes',
);
