import { BankReceipt, bankReceiptId, firstDayOfGiving } from '../funds';
import type { Context } from '../kernel/context';
import type { FieldIssue } from '../kernel/errors';
import { addDays, addMonths, type LocalDate, shanghaiDay } from '../kernel/local-date';
import { parseSeriesNumber } from '../kernel/number-series';
import { bookStands } from '../ledger';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { sharedTranslator } from '../platform/i18n/translator';
import { isOrganisationKind } from './donor-kinds';
import { asNamed, donorByCreditCode } from './donors';
import { findGiftByNumber } from './find-gifts';
import type { Gift } from './gift.model';
import { staffGiver } from './gift-words';
import type { BankGiftInput } from './staff.inputs';

const daysBeforeAnnounced = 7; // a transfer may be made before the giver fills in the form
const monthsBack = 12;

/**
 * What is wrong with a transfer beyond the shape of its fields, all of it at once: a day to come or too long ago, a last day of use before
 * it, a serial number used before, a remark that names no open gift or whose giver nobody has looked at, a credit code of another
 * organisation. A field that is missing or misshapen is not looked at: its schema says so.
 */
export async function faultsOfBankGift(ctx: Context, input: Partial<BankGiftInput>): Promise<FieldIssue[]> {
  const announced = input.giftNumber ? await announcedGift(ctx, input.giftNumber) : undefined;
  const giver = input.giftNumber ? announcedFaults(ctx, input, announced) : donorFaults(ctx, input);
  return [...(await dayFaults(ctx, input, announced)), ...(await serialFaults(ctx, input, announced)), ...(await giver)];
}

/** The gift that a transfer's remark names, however it was typed. */
export async function announcedGift(ctx: Context, typed: string): Promise<Gift | undefined> {
  return parseSeriesNumber(typed) ? findGiftByNumber(ctx, typed.trim().toUpperCase()) : undefined;
}

async function dayFaults(ctx: Context, input: Partial<BankGiftInput>, announced?: Gift): Promise<FieldIssue[]> {
  const { receivedOn, lastDay, giftNumber } = input;
  if (!receivedOn) return [];
  const isOver = lastDay && !giftNumber && lastDay < receivedOn; // the use of an announced gift was said before
  const wrong = await faultOfArrival(ctx, receivedOn, announced);
  return [...(wrong ? [{ path: 'receivedOn', ...wrong }] : []), ...(isOver ? [{ path: 'lastDay', code: 'day-is-over' }] : [])];
}

/** A year mistyped on the form puts the gift on a day on which nobody gave. */
async function faultOfArrival(ctx: Context, receivedOn: LocalDate, announced?: Gift): Promise<Omit<FieldIssue, 'path'> | undefined> {
  const today = shanghaiDay(ctx.clock.now());
  if (receivedOn > today) return { code: 'in-the-future' };
  const opened = announced && shanghaiDay(announced.openedAt);
  if (opened && receivedOn < addDays(opened, -daysBeforeAnnounced))
    return { code: 'before-the-gift', params: { day: opened, days: daysBeforeAnnounced } };
  if (receivedOn < addMonths(today, -monthsBack)) return { code: 'arrived-long-ago' };
  const began = await firstDayOfGiving(ctx);
  if (began && receivedOn < began) return { code: 'before-the-fund', params: { day: began } };
  const { openFrom } = await bookStands(ctx);
  return openFrom && receivedOn < openFrom ? { code: 'day-closed', params: { day: openFrom } } : undefined;
}

async function serialFaults(ctx: Context, { bankSerial, requestKey }: Partial<BankGiftInput>, announced?: Gift): Promise<FieldIssue[]> {
  if (!bankSerial) return [];
  const receipt = await BankReceipt.findOne({ _id: bankReceiptId(ctx, bankSerial), ledger: ctx.ledger }).lean<BankReceipt>();
  const own = announced?._id ?? idOfRequest(ctx, 'gft', requestKey ?? '');
  return receipt && receipt.gift !== own ? [{ path: 'bankSerial', code: 'bank-serial-taken' }] : []; // one's own: the form was sent twice
}

/** A number can be mistyped into another gift's: its giver is shown and must be confirmed before the money is his. */
async function announcedFaults(ctx: Context, { bankSerial, checkedGiver }: Partial<BankGiftInput>, gift?: Gift): Promise<FieldIssue[]> {
  if (!gift) return [{ path: 'giftNumber', code: 'no-such-gift' }];
  if (bankSerial && gift.transfer?.serial === bankSerial) return [];
  if (gift.received || gift.transfer) return [{ path: 'giftNumber', code: 'gift-received' }]; // also while its transfer is being booked
  if (checkedGiver) return [];
  const t = (await sharedTranslator()).in(ctx.locale);
  return [{ path: 'checkedGiver', code: 'check-giver', params: { number: gift.number, name: staffGiver(t, gift), fen: gift.amountFen } }];
}

/** A mistyped code can be another organisation's valid one: its name must then be seen. */
export async function donorFaults(
  ctx: Context,
  { creditCode, payerName, donorKind = 'company' }: Pick<Partial<BankGiftInput>, 'creditCode' | 'payerName' | 'donorKind'>,
): Promise<FieldIssue[]> {
  if (!creditCode || !payerName || !isOrganisationKind(donorKind)) return [];
  const { name } = await donorByCreditCode(ctx, { creditCode, name: payerName, kind: donorKind });
  return asNamed(name) === asNamed(payerName) ? [] : [{ path: 'creditCode', code: 'credit-code-of-another', params: { name } }];
}
