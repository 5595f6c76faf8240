import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import type { LocalDate } from '../../kernel/local-date';
import { anyOf, operator } from '../../platform/mongo/operators';
import { type Page, pageOf } from '../../platform/mongo/page-of';
import type { PageRequest } from '../../platform/validation/types';
import type { Donor } from '../donor.model';
import { donorKinds } from '../donor-kinds';
import { Gift } from '../gift.model';
import { ofDonor } from '../own-donor';
import type { Period } from '../statements/statement-row';
import { Receipt } from './receipt.model';
import type { ReceiptState } from './receipt.states';
import { ReceiptRange } from './receipt-range.model';

type County = Pick<Context, 'ledger'>;

/** A receipt for staff and for acts: receipts belong to the county. @throws `not-found` */
export async function findReceiptOrThrow(ctx: County, id: string): Promise<Receipt> {
  return (await Receipt.findOne({ _id: id, ledger: ctx.ledger }).lean<Receipt>()) ?? fail('not-found');
}

/** Receipts of a gift, the first first. */
export async function findReceiptsOfGift(ctx: County, gift: string): Promise<Receipt[]> {
  return Receipt.find({ ledger: ctx.ledger, gift }).sort({ issuedAt: 1, _id: 1 }).lean<Receipt[]>();
}

/** A receipt by what stands on its paper. */
export async function findReceiptOnPaper(ctx: County, { code, number }: { code: string; number: string }): Promise<Receipt | undefined> {
  return (await Receipt.findOne({ ledger: ctx.ledger, number, code }).lean<Receipt>()) ?? undefined;
}

export interface ReceiptSelection extends PageRequest {
  state?: ReceiptState | undefined;
  asked?: boolean;
  kind?: string | undefined;
  year?: number | undefined;
  /** A receipt's or a gift's number. */
  q?: string | undefined;
}

/** Receipts newest first with the totals of the whole selection. */
export async function findReceiptList(ctx: County, { state, asked, kind, year, q, ...page }: ReceiptSelection) {
  const filter = {
    ledger: ctx.ledger,
    ...(state && { 'state.name': state }),
    ...(asked && { 'voiding.askedBy': operator({ $gt: '' }) }),
    ...(kind && { donorKind: kind }),
    ...(year !== undefined && { year }),
    ...(q && { $or: [{ number: q }, { giftNumber: q.toUpperCase() }] }),
  };
  return { ...(await pageOf(Receipt, { filter, order: { issuedAt: -1 } }, page)), ...(await totalsOf(filter)) };
}

/** An organisation's own receipts, newest first: of gifts since it has people of its own here, as with the gifts themselves. */
export async function findOwnReceipts(ctx: Context, donor: Donor, { year, ...page }: PageRequest & { year?: number | undefined }) {
  const filter = { ...ownFilter(ctx, donor), ...(year !== undefined && { year }) };
  const totals = await totalsOf({ ...filter, 'state.name': 'issued' });
  return { ...(await pageOf(Receipt, { filter, order: { issuedAt: -1 } }, page)), ...totals };
}

/** One of an organisation's own receipts. @throws `not-found` also for other people's. */
export async function findOwnReceiptOrThrow(ctx: Context, donor: Donor, id: string): Promise<Receipt> {
  return (await Receipt.findOne({ ...ownFilter(ctx, donor), _id: id }).lean<Receipt>()) ?? fail('not-found');
}

/** The receipts issued on some days that count, in the order of their issue; one more than `most` tells that there are more. */
export async function findOwnReceiptsOfDays(ctx: Context, donor: Donor, { from, to }: Period, most: number): Promise<Receipt[]> {
  return Receipt.find({ ...ownFilter(ctx, donor), issuedOn: operator({ $gte: from, $lte: to }), 'state.name': 'issued' })
    .sort({ issuedAt: 1, code: 1, number: 1 })
    .limit(most)
    .lean<Receipt[]>();
}

/** The years in which an organisation has receipts, newest first, and how many of them count: voided ones go into no file. */
export async function yearsOfOwnReceipts(ctx: Context, donor: Donor): Promise<{ year: number; standing: number }[]> {
  const found = await Receipt.aggregate<{ _id: number; standing: number }>([
    { $match: plain(ownFilter(ctx, donor)) },
    { $group: { _id: '$year', standing: { $sum: { $cond: [{ $eq: ['$state.name', 'issued'] }, 1, 0] } } } },
  ]);
  return found.map(({ _id, standing }) => ({ year: _id, standing })).sort((a, b) => b.year - a.year);
}

function ownFilter(ctx: Context, donor: Donor) {
  return ofDonor(ctx, donor, 'giftOpenedAt');
}

const plain = (filter: object) => filter as Record<string, unknown>;

async function totalsOf(filter: object): Promise<{ count: number; sumFen: number }> {
  const [totals] = await Receipt.aggregate<{ count: number; sumFen: number }>([
    { $match: plain(filter) },
    { $group: { _id: null, count: { $sum: 1 }, sumFen: { $sum: '$amountFen' } } },
  ]);
  return { count: totals?.count ?? 0, sumFen: totals?.sumFen ?? 0 };
}

/** What a gift that waits for its receipt is: its money has come, and its giver has a name. */
function waitingFilter(ctx: County) {
  return { ledger: ctx.ledger, 'state.name': 'received', donorKind: anyOf(donorKinds.filter((kind) => kind !== 'anonymous')) } as const;
}

/** Gifts that wait for a receipt, the one that arrived first first. */
export async function findGiftsWithoutReceipt(ctx: County, most: number): Promise<Gift[]> {
  return Gift.find(waitingFilter(ctx)).sort({ 'received.at': 1, _id: 1 }).limit(most).lean<Gift[]>();
}

/** How many they are; with a day, only those whose money came before it. */
export async function countGiftsWithoutReceipt(ctx: County, arrivedBefore?: LocalDate): Promise<number> {
  return Gift.countDocuments({ ...waitingFilter(ctx), ...(arrivedBefore && { 'received.on': operator({ $lt: arrivedBefore }) }) });
}

/** The open ranges in the order in which they are used. */
export async function findOpenRanges(ctx: County): Promise<ReceiptRange[]> {
  return ReceiptRange.find({ ledger: ctx.ledger, 'state.name': 'open' }).sort({ confirmedAt: 1, _id: 1 }).lean<ReceiptRange[]>();
}

/** Ranges that hold numbers or may: all but the declined ones. */
export async function findStandingRanges(ctx: County): Promise<ReceiptRange[]> {
  return ReceiptRange.find({ ledger: ctx.ledger, 'state.name': anyOf(['entered', 'open', 'usedUp']) }).lean<ReceiptRange[]>();
}

export async function findRanges(ctx: County, page: PageRequest): Promise<Page<ReceiptRange>> {
  return pageOf(ReceiptRange, { filter: { ledger: ctx.ledger }, order: { enteredAt: -1 } }, page);
}

/** @throws `not-found` */
export async function findRangeOrThrow(ctx: County, id: string): Promise<ReceiptRange> {
  return (await ReceiptRange.findOne({ _id: id, ledger: ctx.ledger }).lean<ReceiptRange>()) ?? fail('not-found');
}
