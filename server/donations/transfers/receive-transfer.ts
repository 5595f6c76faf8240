import { BankReceipt, bankReceiptId } from '../../funds';
import type { Context } from '../../kernel/context';
import { fail, failField } from '../../kernel/errors';
import type { LocalDate } from '../../kernel/local-date';
import type { Fen } from '../../kernel/money';
import { isRefused, post } from '../../ledger';
import { idOfFact } from '../../platform/crypto/id-of-request';
import { absent, change, type DocumentWrite, insertion, unchanged } from '../../platform/mongo/document-writes';
import { giftOpened } from '../donations.accounts';
import { findGiftByNumber } from '../find-gifts';
import { Gift } from '../gift.model';
import { openGiftLike } from '../open-second-gift';
import { receiveGift } from '../receive-gift';

/** A transfer as the bank's statement has it, and the gift whose money somebody, or its remark, says that it is. */
export interface TransferFor {
  giftNumber: string;
  serial: string;
  on: LocalDate;
  amountFen: Fen;
}

/**
 * Books a transfer on a gift with the sum that came, whatever was announced. Where other money has paid that gift (the rest of a sum
 * that came in parts, or a second transfer), it is a gift of its own: the same giver, for the same use. Two commits, number first; a
 * serial number is booked once. @throws `not-found`, `input.invalid` at `gift`.
 */
export async function receiveTransfer(ctx: Context, transfer: TransferFor): Promise<Gift> {
  const named = (await findGiftByNumber(ctx, transfer.giftNumber)) ?? fail('not-found');
  const receipt = await BankReceipt.findOne({ _id: bankReceiptId(ctx, transfer.serial), ledger: ctx.ledger }).lean<BankReceipt>();
  const second = idOfFact(ctx, 'gft', `second/${transfer.serial}`);
  if (receipt && receipt.gift !== named._id && receipt.gift !== second) failField('gift', 'bank-serial-taken');
  const id = receipt?.gift ?? (await take(ctx, named, second, transfer));
  return receiveGift(ctx, id, { on: transfer.on, into: 'bankTransfer', proof: transfer.serial });
}

async function take(ctx: Context, named: Gift, second: string, { serial, on, amountFen }: TransferFor): Promise<string> {
  const transfer = { serial, on };
  const receiptOf = (gift: string): DocumentWrite => insertion(ctx, BankReceipt, { _id: bankReceiptId(ctx, serial), gift });
  const isFirst = absent(BankReceipt, bankReceiptId(ctx, serial));
  try {
    if (named.received || named.transfer) {
      const along = { guards: [isFirst], writes: [receiptOf(second)] };
      await openGiftLike(ctx, named, { id: second, amountFen, along, transfer, channel: 'bankTransfer' });
      return second;
    }
    await post(ctx, {
      key: `gift:${named._id}:transfer:${serial}`,
      kind: giftOpened,
      source: { type: 'gift', id: named._id },
      facts: { amountFen },
      guards: [isFirst, unchanged(Gift, named)],
      writes: () => [receiptOf(named._id), change(Gift, named, { transfer, amountFen })],
    });
    return named._id;
  } catch (error) {
    if (isRefused(error, 'exists')) fail('state.stale'); // somebody has booked this line between
    throw error;
  }
}
