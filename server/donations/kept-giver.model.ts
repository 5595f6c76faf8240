import mongoose from 'mongoose';
import type { Locale } from '../kernel/context';
import { type DonorKind, donorKinds } from './donor-kinds';

/** Who gives, as each gift, monthly gift, pledge and offer of goods keeps it. */
export interface KeptGiver {
  donorKind: DonorKind;
  /** The organisation; absent for a person and for one who wants no name kept. */
  donor?: string;
  /** Organisation's name as given, for the receipt. */
  payerName?: string;
  /** A person's name, with the place `gift/<id>/payerName` (`goodsOffer/<id>/…` of goods). */
  payerSealed?: string;
  /** Whom to tell, with the places `gift/<id>/contactName` and `gift/<id>/contactPhone`. */
  contact?: { nameSealed: string; phoneSealed: string };
  /** May the name stand in public lists? */
  showName: boolean;
  /** In which language the giver filled in our form; absent where staff did, and from before it was kept. */
  locale?: Locale;
}

/** How it is kept. */
export const keptGiver = {
  donorKind: { type: String, required: true, enum: donorKinds },
  donor: String,
  payerName: String,
  payerSealed: String,
  contact: new mongoose.Schema({ nameSealed: String, phoneSealed: String }, { _id: false }),
  showName: { type: Boolean, required: true },
  locale: String,
};
