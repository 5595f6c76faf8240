import { recorded } from '../audit';
import { type Restriction, restrictionPool } from '../funds';
import type { Context } from '../kernel/context';
import { failField } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { parseSeriesNumber } from '../kernel/number-series';
import { randomId } from '../kernel/random';
import { isRefused, post } from '../ledger';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { absent, change, insertion, unchanged } from '../platform/mongo/document-writes';
import { giftNumbers, giftOpened } from './donations.accounts';
import type { BankGiftInput } from './donations.inputs';
import { donorByCreditCode } from './donors';
import { findGiftByNumber } from './find-gifts';
import { Gift } from './gift.model';
import { giftStates } from './gift.states';
import { BankReceipt } from './inbox.model';
import { receiveGift } from './receive-gift';

/**
 * Records a transfer that stands on the bank's statement, and books it. The bank's serial number can be used once; with our number in the
 * remark the transfer fulfils the announced gift. Two commits, number first, because the lot bears it; the sweep ends what a crash cut.
 */
export async function recordBankGift(ctx: Context, input: BankGiftInput): Promise<Gift> {
  if (input.receivedOn > shanghaiDay(ctx.clock.now())) failField('receivedOn', 'in-the-future');
  const id = input.giftNumber ? await fulfilAnnounced(ctx, input, input.giftNumber) : await openBankGift(ctx, input);
  return receiveGift(ctx, id, { on: input.receivedOn, into: 'bankTransfer', proof: input.bankSerial });
}

async function openBankGift(ctx: Context, input: BankGiftInput): Promise<string> {
  const { amount, payerName, creditCode } = input;
  if (!payerName) failField('payerName', 'required');
  if (!creditCode) failField('creditCode', 'required');
  const id = idOfRequest(ctx.ledger, 'gft', input.requestKey);
  const donor = await donorByCreditCode(ctx, { creditCode, name: payerName, kind: input.donorKind });
  if (asNamed(donor.name) !== asNamed(payerName)) failField('creditCode', 'credit-code-of-another', { name: donor.name });
  const restriction = restrictionOfInput(input);
  const code = randomId(ctx.random, 'g');
  await onceBySerial(
    post(ctx, {
      key: `gift:${id}:opened`,
      kind: giftOpened,
      source: { type: 'gift', id },
      facts: { amountFen: amount, serial: input.bankSerial, creditCode, pool: restrictionPool(restriction) },
      numbers: [giftNumbers],
      guards: [absent(BankReceipt, receiptId(ctx, input)), ...donor.guards],
      writes: (posted) => [
        ...donor.writes,
        insertion(ctx, BankReceipt, { _id: receiptId(ctx, input), gift: id }),
        insertion(ctx, Gift, {
          _id: id,
          number: posted.numbers[giftNumbers.name] ?? '',
          code,
          donorKind: donor.kind,
          donor: donor.id,
          payerName,
          showName: input.showName,
          amountFen: amount,
          restriction,
          channel: 'bankTransfer',
          state: giftStates.begin('awaiting', ctx),
          openedAt: ctx.clock.now(),
          openedBy: ctx.actor.id,
          attempts: [],
          transfer: { serial: input.bankSerial, on: input.receivedOn },
        }),
        recorded(ctx, 'gift.opened', { type: 'gift', id }, { amountFen: amount, purpose: restriction.purpose, channel: 'bankTransfer' }),
      ],
    }),
  );
  return id;
}

/** Ties the transfer to the gift that its remark names. What has arrived is the gift's sum, whatever was announced. */
async function fulfilAnnounced(ctx: Context, input: BankGiftInput, typed: string): Promise<string> {
  const number = parseSeriesNumber(typed);
  const gift = number ? await findGiftByNumber(ctx, typed.trim().toUpperCase()) : undefined;
  if (!gift) return failField('giftNumber', 'no-such-gift');
  if (gift.transfer?.serial === input.bankSerial) return gift._id; // the form was sent twice
  if (gift.received || gift.transfer) failField('giftNumber', 'gift-received'); // one transfer a gift, also while it is being booked
  const transfer = { serial: input.bankSerial, on: input.receivedOn };
  await onceBySerial(
    post(ctx, {
      key: `gift:${gift._id}:transfer:${input.bankSerial}`,
      kind: giftOpened,
      source: { type: 'gift', id: gift._id },
      facts: { amountFen: input.amount },
      guards: [absent(BankReceipt, receiptId(ctx, input)), unchanged(Gift, gift)],
      writes: () => [
        insertion(ctx, BankReceipt, { _id: receiptId(ctx, input), gift: gift._id }),
        change(Gift, gift, { transfer, amountFen: input.amount }),
      ],
    }),
  );
  return gift._id;
}

/** A mistyped code can be another organisation's valid one: its name must then be seen. Blanks and wide signs are not a difference. */
function asNamed(name: string): string {
  return name.normalize('NFKC').replace(/\s/g, '');
}

function restrictionOfInput({ purpose, place, lastDay }: BankGiftInput): Restriction {
  return { purpose, ...(place && { area: place }), ...(lastDay && { lastDay }) };
}

function receiptId(ctx: Context, { bankSerial }: BankGiftInput): string {
  return `${ctx.ledger}/bank/main/${bankSerial}`;
}

async function onceBySerial(posting: Promise<unknown>): Promise<void> {
  try {
    await posting;
  } catch (error) {
    const isTaken =
      (isRefused(error, 'stale') || isRefused(error, 'exists')) && error.details['collection'] === BankReceipt.collection.name;
    if (isTaken) failField('bankSerial', 'bank-serial-taken');
    throw error;
  }
}
