import mongoose, { type Model } from 'mongoose';
import type { Context } from '../kernel/context';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';

/** One line of the bank's statement that was booked; the id holds the bank's serial number, so that no line is booked twice. */
export interface BankReceipt extends CountyDocument {
  /** What it was booked as: the id of a gift, or of other income. */
  gift: string;
}

/** The id of a line of the bank's statement: its serial number at the charity's account. */
export function bankReceiptId({ ledger }: Pick<Context, 'ledger'>, bankSerial: string): string {
  return `${ledger}/bank/main/${bankSerial}`;
}

/**
 * The same with what the line moved: banks give a transfer and its fee one serial number, so a line that went out is told by both. What went
 * out of the account is booked once under it, whatever it was booked as.
 */
export function outgoingLineId(ctx: Pick<Context, 'ledger'>, bankSerial: string, outFen: number): string {
  return `${bankReceiptId(ctx, bankSerial)}/out/${outFen}`;
}

export const BankReceipt: Model<BankReceipt> = mongoose.model<BankReceipt>(
  'BankReceipt',
  countySchema<BankReceipt>({ gift: { type: String, required: true } }),
  'bankReceipts',
);
