import mongoose, { type Model } from 'mongoose';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';

/** Who took a photo of an offer: whoever offers it, or whoever came to see it. */
export const photoSides = ['giver', 'inspector'] as const;
export type PhotoSide = (typeof photoSides)[number];

/** A photo as the offer lists it. */
export interface OfferPhoto {
  id: string;
  side: PhotoSide;
  at: Date;
}

/** A photo as JPEG, sealed with the place `goodsPhoto/<id>/file`: somebody may be on it all the same. */
export interface GoodsPhoto extends CountyDocument {
  offer: string;
  sealed: string;
}

const text = { type: String, required: true };

export const GoodsPhoto: Model<GoodsPhoto> = mongoose.model<GoodsPhoto>(
  'GoodsPhoto',
  countySchema<GoodsPhoto>({ offer: text, sealed: text }),
  'goodsPhotos',
);

export function photoPlace(id: string): string {
  return `goodsPhoto/${id}/file`;
}
