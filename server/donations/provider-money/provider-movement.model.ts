import mongoose, { type Model } from 'mongoose';
import type { Context } from '../../kernel/context';
import type { LocalDate } from '../../kernel/local-date';
import { idOfFact } from '../../platform/crypto/id-of-request';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';

/**
 * A movement of the balance at the provider that concerns us, as the provider has told it: what the daily close holds against the book. The
 * id follows from the provider's.
 */
export interface ProviderMovement extends CountyDocument {
  movementId: string;
  /** The provider's word: `charge`, `refund`, `adjustment` … */
  type: string;
  /** The day in the county on which the provider made it. */
  day: LocalDate;
  /** The provider's id of what made it: a charge, a refund, a dispute; its own where it is a fee and nothing else. */
  source: string;
  /** The session, or the invoice of a month, of the payment behind it. */
  payment?: string;
  /** What the payer paid (positive) or got, fen. */
  amountFen: number;
  /** Fee, and difference by the rate, fen: by so much less it brought. */
  costFen: number;
  /** When we heard of it; absent on those of before it was kept. */
  notedAt?: Date;
  /** Where its day was closed by then: the first open day, whose close carries it. */
  carriedTo?: LocalDate;
}

export const movementDocumentId = (ctx: Pick<Context, 'ledger'>, movementId: string) => idOfFact(ctx, 'mov', movementId);

const text = { type: String, required: true };
const number = { type: Number, required: true };
const schema = countySchema<ProviderMovement>({
  movementId: text,
  type: text,
  day: text,
  source: text,
  payment: String,
  amountFen: number,
  costFen: number,
  notedAt: Date,
  carriedTo: String,
});
schema.index({ ledger: 1, day: 1, _id: 1 });
schema.index({ ledger: 1, carriedTo: 1 });
schema.index({ ledger: 1, payment: 1 });
schema.index({ ledger: 1, source: 1 });

export const ProviderMovement: Model<ProviderMovement> = mongoose.model<ProviderMovement>('ProviderMovement', schema, 'providerMovements');
