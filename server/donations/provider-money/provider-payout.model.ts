import mongoose, { type Model } from 'mongoose';
import type { LocalDate } from '../../kernel/local-date';
import { type StateOf, type StateRecord, stateTable } from '../../kernel/state-table';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';

/** `expected`: announced, or on its way; `arrived`: booked at the bank; `failed`: sent back, or called off. */
export const payoutStates = stateTable({ expected: ['arrived', 'failed'], arrived: ['failed'], failed: [] });
type PayoutState = StateOf<typeof payoutStates>;

/** Money that the provider pays out to the charity's bank account. The id follows from the provider's. */
export interface ProviderPayout extends CountyDocument {
  payoutId: string;
  /** In the smallest unit of the provider's currency. */
  amount: number;
  currency: string;
  /** What was booked at the bank. */
  amountFen?: number;
  /** What its parts were in the book, where that differs by the rate. */
  bookedFen?: number;
  arrivesOn: LocalDate;
  /** Where that day was closed when it was booked: the day of its entry, whose close carries it. */
  carriedTo?: LocalDate;
  notedAt: Date;
  state: StateRecord<PayoutState>;
}

/** The key of the entry by which it is booked at the bank. */
export const entryOfPayout = ({ _id }: Pick<ProviderPayout, '_id'>) => `payout:${_id}:arrived`;

const text = { type: String, required: true };
const schema = countySchema<ProviderPayout>({
  payoutId: text,
  amount: { type: Number, required: true },
  currency: text,
  amountFen: Number,
  bookedFen: Number,
  arrivesOn: text,
  carriedTo: String,
  notedAt: { type: Date, required: true },
  state: { name: { ...text, enum: payoutStates.states }, by: text, at: { type: Date, required: true } },
});
schema.index({ ledger: 1, arrivesOn: -1, _id: -1 });
schema.index({ ledger: 1, carriedTo: 1 });

export const ProviderPayout: Model<ProviderPayout> = mongoose.model<ProviderPayout>('ProviderPayout', schema, 'providerPayouts');
