import { BankReceipt, bankReceiptId, mainBank, outgoingLineId } from '../../funds';
import type { Context } from '../../kernel/context';
import { fail, failField } from '../../kernel/errors';
import { isRefused } from '../../ledger';
import { absent, insertion } from '../../platform/mongo/document-writes';
import { findRefundOrThrow } from './find-refunds';
import type { GiftRefund } from './refund.model';
import type { RefundTransferInput } from './refunds.inputs';
import { bookRefunded } from './settle-refund';

/**
 * Books the transfer by which an approved refund went back to the payer's account: a gift that came by the bank goes back by the bank
 * (DO5), and so does cash, which lies there since. The serial number of the statement can be used once. @throws `state.not-allowed`, `input.invalid` at `bankSerial`.
 */
export async function recordRefundTransfer(ctx: Context, { id, bankSerial }: RefundTransferInput): Promise<GiftRefund> {
  const refund = await findRefundOrThrow(ctx, id);
  if (refund.state.name === 'refunded' && refund.proof === bankSerial) return refund; // a second click
  if (refund.channel === 'online' || refund.state.name !== 'approved') {
    fail('state.not-allowed', { from: refund.state.name, to: 'refunded' });
  }
  const receipts = [bankReceiptId(ctx, bankSerial), outgoingLineId(ctx, bankSerial, refund.amountFen)];
  try {
    await bookRefunded(
      ctx,
      refund,
      { account: mainBank, proof: bankSerial },
      {
        guards: receipts.map((_id) => absent(BankReceipt, _id)),
        writes: receipts.map((_id) => insertion(ctx, BankReceipt, { _id, gift: refund.gift })),
      },
    );
  } catch (error) {
    if (isRefused(error, 'exists')) failField('bankSerial', 'bank-serial-taken');
    if (isRefused(error, 'stale')) fail('state.stale');
    throw error;
  }
  return findRefundOrThrow(ctx, id);
}
