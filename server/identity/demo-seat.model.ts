import mongoose, { type Model } from 'mongoose';
import type { Role } from '../kernel/roles';
import { roles } from '../kernel/roles';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';

/** A member of the sample county's cast whom a visitor may be by one click. Only a demonstration has any. `_id` is county and seat. */
export interface DemoSeat extends CountyDocument {
  seat: string;
  user: string;
  role: Role;
  /** A symbol of `public/img/icons.svg`. */
  icon: string;
  /** Message keys: what the seat is called (the role, without one) and its first task. */
  titleKey?: string;
  firstTaskKey: string;
  /** The page to begin on. */
  landing: string;
  /** The three seats of the journeys are cards, the others rows. */
  isCard: boolean;
  rank: number;
}

const schema = countySchema<DemoSeat>({
  seat: { type: String, required: true },
  user: { type: String, required: true },
  role: { type: String, required: true, enum: roles },
  icon: { type: String, required: true },
  titleKey: String,
  firstTaskKey: { type: String, required: true },
  landing: { type: String, required: true },
  isCard: { type: Boolean, required: true },
  rank: { type: Number, required: true },
});

export const DemoSeat: Model<DemoSeat> = mongoose.model<DemoSeat>('DemoSeat', schema, 'demoSeats');
