import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { invariant } from '../../kernel/errors';
import { shanghaiDay, yearOf } from '../../kernel/local-date';
import { decryptField, encryptField } from '../../platform/crypto/encrypt-field';
import { idOfFact } from '../../platform/crypto/id-of-request';
import { absent, change, type DocumentGuard, type DocumentWrite, insertion, unchanged } from '../../platform/mongo/document-writes';
import { outboxed } from '../../platform/outbox/outboxed';
import { findDonor } from '../donors';
import type { Gift } from '../gift.model';
import { keptFen } from '../kept-fen';
import { findOpenRanges } from './find-receipts';
import { Receipt } from './receipt.model';
import { receiptRangeStates, receiptStates } from './receipt.states';
import { handsOn, takeNumber } from './receipt-numbers';
import { ReceiptRange } from './receipt-range.model';
import { receiptToSend } from './receipts.topics';

/** A receipt that a commit issues: it relies on the range as it was read, so that its number is the next one and nobody else's. */
export interface PreparedReceipt {
  id: string;
  amountFen: number;
  guards: readonly DocumentGuard[];
  writes: readonly DocumentWrite[];
}

/** The next receipt of a gift; undefined when no open range has a number left. What was given back stands on no receipt (DO5). */
export async function prepareReceipt(ctx: Context, gift: Gift, replaces?: string): Promise<PreparedReceipt | undefined> {
  const [range] = await findOpenRanges(ctx);
  if (!range) return undefined;
  const { received } = gift;
  invariant(received, 'receipt.after-arrival', { gift: gift._id });
  const taken = takeNumber(range);
  const id = idOfFact(ctx, 'rct', `receipt/${range.code}/${taken.number}`);
  const amountFen = keptFen(gift);
  invariant(amountFen > 0, 'receipt.of-something', { gift: gift._id });
  // The record that the gift names, also when it became one with another: a name and a code on one paper are of one body.
  const donor = gift.donor === undefined ? undefined : await findDonor(ctx, gift.donor);
  const today = shanghaiDay(ctx.clock.now());
  const receipt = {
    _id: id,
    code: range.code,
    number: taken.number,
    checkCode: ctx.random.bytes(3).toString('hex'),
    range: range._id,
    gift: gift._id,
    giftNumber: gift.number,
    giftCode: gift.code,
    giftOpenedAt: gift.openedAt,
    receivedOn: received.on,
    receivedAt: received.at,
    channel: received.into,
    restriction: gift.restriction,
    donorKind: gift.donorKind,
    ...payerOf(gift, id),
    ...(gift.donor !== undefined && { donor: gift.donor }),
    ...(donor?.creditCode !== undefined && { payerCreditCode: donor.creditCode }),
    amountFen,
    itemCode: range.itemCode,
    ...(gift.items && { items: gift.items }),
    payee: range.payee,
    ...handsOn(ctx.actor, range),
    issuedOn: today,
    issuedAt: ctx.clock.now(),
    year: yearOf(today),
    state: receiptStates.begin('issued', ctx),
    ...(replaces !== undefined && { replaces }),
  };
  const used = taken.isLast ? { state: receiptRangeStates.enter(range.state, 'usedUp', ctx) } : {};
  return {
    id,
    amountFen,
    guards: [unchanged(ReceiptRange, range), absent(Receipt, id)],
    writes: [
      insertion(ctx, Receipt, receipt),
      change(ReceiptRange, range, { next: taken.next, ...used }),
      outboxed(ctx, receiptToSend, { receiptId: id, sending: 'issued' }),
      recorded(ctx, 'receipt.issued', { type: 'receipt', id }, { amountFen }),
    ],
  };
}

/** An organisation by name; a person's name is sealed for the place where it stands, so it moves by being sealed again. */
function payerOf({ _id, payerName, payerSealed }: Gift, id: string): Pick<Receipt, 'payerName' | 'payerSealed'> {
  if (payerSealed !== undefined)
    return { payerSealed: encryptField(decryptField(payerSealed, `gift/${_id}/payerName`), `receipt/${id}/payerName`) };
  return payerName === undefined ? {} : { payerName };
}
