import mongoose, { type Model } from 'mongoose';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';

/**
 * Where those meet who tell of a movement of a day that is over (of the provider's balance, or a line of the bank), and those who close days:
 * both change this document, so that no movement slips in between the figures of a close and its commit. One for each county.
 */
export interface MovementsTold extends CountyDocument {
  changedAt: Date;
}

const schema = countySchema<MovementsTold>({ changedAt: { type: Date, required: true } });
export const MovementsTold: Model<MovementsTold> = mongoose.model<MovementsTold>('MovementsTold', schema, 'providerMovementsTold');
