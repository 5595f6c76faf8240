import { BankReceipt, bankReceiptId } from '../funds';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { halfWidth } from '../kernel/half-width';
import { addDays, type LocalDate, startOfDay } from '../kernel/local-date';
import { operator } from '../platform/mongo/operators';
import { type Page, pageOf } from '../platform/mongo/page-of';
import type { Donor } from './donor.model';
import { findDonor } from './donors';
import { Gift } from './gift.model';
import type { OwnGiftFilters } from './give.inputs';
import { ofDonor, ownDonorIds } from './own-donor';
import type { GiftFilters } from './staff.inputs';

/** For acts that come from a provider's message, a job or another act, not for what a person asks: there reach decides. */
export async function findGiftById(ctx: Context, id: string): Promise<Gift> {
  return (await Gift.findOne({ _id: id, ledger: ctx.ledger }).lean()) ?? fail('not-found');
}

/** The gift behind a public link: whoever has the code may see it (DESIGN 4: unguessable where it opens a door). */
export async function findGiftByCodeOrThrow(ctx: Context, code: string): Promise<Gift> {
  return (await Gift.findOne({ ledger: ctx.ledger, code }).lean()) ?? fail('not-found');
}

/** The gift with this number, if any: what a transfer's remark names. */
export async function findGiftByNumber(ctx: Context, number: string): Promise<Gift | undefined> {
  return (await Gift.findOne({ ledger: ctx.ledger, number }).lean()) ?? undefined;
}

/** The gift that a transfer brought, by the bank's serial number as people type it; undefined for any other text. */
export async function findGiftOfTransfer(ctx: Context, typed: string): Promise<Gift | undefined> {
  const _id = bankReceiptId(ctx, halfWidth(typed).replace(/\s/g, '').toUpperCase());
  const receipt = await BankReceipt.findOne({ _id, ledger: ctx.ledger }).lean<BankReceipt>();
  if (!receipt) return undefined;
  return (await Gift.findOne({ _id: receipt.gift, ledger: ctx.ledger }).lean<Gift>()) ?? undefined;
}

/** Gifts newest first with the totals of the whole selection, for staff (the guard says who; gifts belong to the county). */
export async function findGiftList(ctx: Context, { state, kind, q, ...page }: GiftFilters): Promise<Page<Gift> & GiftTotals> {
  const filter = {
    ledger: ctx.ledger,
    ...(state && { 'state.name': state }),
    ...(kind && { donorKind: kind }),
    ...(q && { number: q.toUpperCase() }),
  };
  return { ...(await pageOf(Gift, { filter, order: { openedAt: -1 } }, page)), ...(await totalsOf(filter)) };
}

/** The day of a gift in a list: on which it came, else on which it was announced. */
const listed = { $ifNull: ['$received.on', { $dateToString: { date: '$openedAt', format: '%Y-%m-%d', timezone: 'Asia/Shanghai' } }] };

/** An organisation's own gifts, by day and number, newest first; the totals count what has come of the selection. */
export async function findOwnGifts(
  ctx: Context,
  donor: Donor,
  { from, to, state, ...page }: OwnGiftFilters,
): Promise<Page<Gift> & GiftTotals> {
  const filter = { ...ofDonor(ctx, donor, 'openedAt'), ...(state && { 'state.name': state }), ...withinDays(from, to) };
  const totals = await totalsOf({ ledger: ctx.ledger, $and: [filter, { 'received.on': operator({ $exists: true }) }] }); // what was given back later has come, too
  return { ...(await pageOf(Gift, { filter, computed: { listed }, order: { listed: -1, number: -1 } }, page)), ...totals };
}

/** One of an organisation's own gifts. @throws `not-found` also for another's. */
export async function findOwnGiftOrThrow(ctx: Context, donor: Donor, number: string): Promise<Gift> {
  return (await Gift.findOne({ ...ofDonor(ctx, donor, 'openedAt'), number }).lean<Gift>()) ?? fail('not-found');
}

/** Whether a gift is one of the caller's own organisation: then its page says what others are not told. */
export async function isOwnGift(ctx: Context, { _id }: Pick<Gift, '_id'>): Promise<boolean> {
  const [own] = ownDonorIds(ctx.actor, 'gift.readOwn');
  const donor = own && (await findDonor(ctx, own));
  return donor ? (await Gift.exists({ ...ofDonor(ctx, donor, 'openedAt'), _id })) !== null : false;
}

/** By the day on which the money came; a gift that has not come yet by the day on which it was announced. */
function withinDays(from?: LocalDate, to?: LocalDate) {
  if (!from && !to) return {};
  const days = { ...(from && { $gte: from }), ...(to && { $lte: to }) };
  const instants = { ...(from && { $gte: startOfDay(from) }), ...(to && { $lt: startOfDay(addDays(to, 1)) }) };
  return {
    $and: [
      {
        $or: [{ 'received.on': operator(days) }, { 'received.on': operator({ $exists: false }), openedAt: operator(instants) }],
      },
    ],
  };
}

interface GiftTotals {
  count: number;
  sumFen: number;
  /** How much of the sum went back to the payer later. */
  returnedFen: number;
}

async function totalsOf(filter: Record<string, unknown>): Promise<GiftTotals> {
  const [totals] = await Gift.aggregate<GiftTotals>([
    { $match: filter },
    { $group: { _id: null, count: { $sum: 1 }, sumFen: { $sum: '$amountFen' }, returnedFen: { $sum: { $ifNull: ['$returnedFen', 0] } } } },
  ]);
  return { count: totals?.count ?? 0, sumFen: totals?.sumFen ?? 0, returnedFen: totals?.returnedFen ?? 0 };
}
