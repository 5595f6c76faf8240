import type { Context } from '../kernel/context';

/** The id of a line of the bank's statement: its serial number at the charity's account, so that none is booked twice. */
export function bankReceiptId({ ledger }: Pick<Context, 'ledger'>, bankSerial: string): string {
  return `${ledger}/bank/main/${bankSerial}`;
}
