import { recorded } from '../audit';
import { BankReceipt, bankReceiptId, type Restriction, restrictionPool } from '../funds';
import type { Context } from '../kernel/context';
import { AppError, failField, invariant } from '../kernel/errors';
import { randomId } from '../kernel/random';
import { isRefused, post } from '../ledger';
import { hashOfAsked } from '../platform/crypto/hash-of-asked';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { absent, change, insertion, unchanged } from '../platform/mongo/document-writes';
import { giftNumbers, giftOpened } from './donations.accounts';
import { donorByCreditCode, donorByName, type NamedDonor } from './donors';
import { announcedGift, faultsOfBankGift } from './faults-of-bank-gift';
import { Gift } from './gift.model';
import { giftStates } from './gift.states';
import type { KeptGiver } from './kept-giver.model';
import { receiveGift } from './receive-gift';
import { sealedPerson } from './sealed-person';
import type { BankGiftInput } from './staff.inputs';

/**
 * Records a transfer that stands on the bank's statement, and books it. The bank's serial number can be used once; with our number in the
 * remark the transfer fulfils the announced gift. Two commits, number first, because the lot bears it; the sweep ends what a crash cut.
 * @throws `input.invalid` with all that {@link faultsOfBankGift} finds, `ledger.conflict` when the same form says something else.
 */
export async function recordBankGift(ctx: Context, input: BankGiftInput, from: 'form' | 'statement' = 'form'): Promise<Gift> {
  const found = await faultsOfBankGift(ctx, input);
  const faults = found.filter(({ code }) => from === 'form' || code !== 'day-closed'); // what a statement brings late is an entry of today
  if (faults.length > 0) throw new AppError('input.invalid', {}, faults);
  const id = input.giftNumber ? await fulfilAnnounced(ctx, input, input.giftNumber) : await openBankGift(ctx, input);
  return receiveGift(ctx, id, { on: input.receivedOn, into: 'bankTransfer', proof: input.bankSerial });
}

async function openBankGift(ctx: Context, input: BankGiftInput): Promise<string> {
  const { amount, donorKind } = input;
  const id = idOfRequest(ctx, 'gft', input.requestKey);
  const giver = await giverOf(ctx, id, input);
  const restriction = restrictionOfInput(input);
  const code = randomId(ctx.random, 'g');
  await onceBySerial(
    post(ctx, {
      key: `gift:${id}:opened`,
      kind: giftOpened,
      source: { type: 'gift', id },
      facts: {
        amountFen: amount,
        serial: input.bankSerial,
        giver: giver.fact,
        pool: restrictionPool(restriction),
        said: hashOfAsked({ donorKind, on: input.receivedOn, showName: input.showName }),
      },
      numbers: [giftNumbers],
      guards: [absent(BankReceipt, bankReceiptId(ctx, input.bankSerial)), ...giver.guards],
      writes: (posted) => [
        ...giver.writes,
        insertion(ctx, BankReceipt, { _id: bankReceiptId(ctx, input.bankSerial), gift: id }),
        insertion(ctx, Gift, {
          _id: id,
          number: posted.numbers[giftNumbers.name] ?? '',
          code,
          donorKind,
          ...giver.kept,
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

/** The giver as a gift keeps it, and what a commit must write of it; its fact tells the same request from another. */
interface NamedGiver extends Pick<NamedDonor, 'guards' | 'writes'> {
  fact: string;
  kept: Pick<KeptGiver, 'donor' | 'payerName' | 'payerSealed' | 'contact' | 'showName'> & Partial<Pick<KeptGiver, 'donorKind'>>;
}

async function giverOf(ctx: Context, giftId: string, input: BankGiftInput): Promise<NamedGiver> {
  const { donorKind: kind, payerName: name, creditCode, phone, showName } = input;
  if (kind === 'anonymous') return { fact: kind, kept: { showName: false }, guards: [], writes: [] };
  invariant(name, 'bank-gift.input-was-checked');
  // A person has not been asked whether the name may be shown.
  if (kind === 'person')
    return {
      fact: hashOfAsked({ name, phone }),
      kept: { ...sealedPerson(giftId, { name, phone }), showName: false },
      guards: [],
      writes: [],
    };
  invariant(creditCode || input.withoutCode, 'bank-gift.input-was-checked');
  const { id, guards, writes, ...donor } = await (creditCode
    ? donorByCreditCode(ctx, { creditCode, name, kind })
    : donorByName(ctx, { name, kind }));
  return { fact: creditCode ?? id, kept: { donorKind: donor.kind, donor: id, payerName: name, showName }, guards, writes };
}

/** Ties the transfer to the gift that its remark names. What has arrived is the gift's sum, whatever was announced. */
async function fulfilAnnounced(ctx: Context, input: BankGiftInput, typed: string): Promise<string> {
  const gift = (await announcedGift(ctx, typed)) ?? failField('giftNumber', 'no-such-gift');
  if (gift.transfer?.serial === input.bankSerial) {
    const isSame = gift.transfer.on === input.receivedOn && gift.amountFen === input.amount;
    return isSame ? gift._id : failField('bankSerial', 'bank-serial-taken'); // the form was sent twice, or another one with its serial number
  }
  if (gift.received || gift.transfer) failField('giftNumber', 'gift-received'); // since we looked
  const transfer = { serial: input.bankSerial, on: input.receivedOn };
  await onceBySerial(
    post(ctx, {
      key: `gift:${gift._id}:transfer:${input.bankSerial}`,
      kind: giftOpened,
      source: { type: 'gift', id: gift._id },
      facts: { amountFen: input.amount },
      guards: [absent(BankReceipt, bankReceiptId(ctx, input.bankSerial)), unchanged(Gift, gift)],
      writes: () => [
        insertion(ctx, BankReceipt, { _id: bankReceiptId(ctx, input.bankSerial), gift: gift._id }),
        change(Gift, gift, { transfer, amountFen: input.amount }),
      ],
    }),
  );
  return gift._id;
}

function restrictionOfInput({ purpose, place, lastDay }: BankGiftInput): Restriction {
  return { purpose, ...(place && { area: place }), ...(lastDay && { lastDay }) };
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
