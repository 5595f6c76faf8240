import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { type Page, pageOf } from '../../platform/mongo/page-of';
import type { PageRequest } from '../../platform/validation/types';
import type { Donor } from '../donor.model';
import { Gift } from '../gift.model';
import { ownDonorIds } from '../own-donor';
import { MonthlyGift } from './monthly-gift.model';

/** For acts that come from a provider's message, a job or another act, not for what a person asks. */
export async function findMonthlyGift(ctx: Context, id: string): Promise<MonthlyGift> {
  return (await MonthlyGift.findOne({ _id: id, ledger: ctx.ledger }).lean()) ?? fail('not-found');
}

/**
 * The monthly gift behind a link. Whoever has the link may act on it; where a member took it down for the organisation, only its own
 * people, and readers may only look. @throws `not-found`
 */
export async function findOwnMonthlyGiftOrThrow(
  ctx: Context,
  code: string,
  permission: 'gift.give' | 'gift.readOwn' = 'gift.give',
): Promise<MonthlyGift> {
  const monthly = await MonthlyGift.findOne({ ledger: ctx.ledger, code }).lean<MonthlyGift>();
  if (!monthly) return fail('not-found');
  return belongsTo(ctx, monthly, permission) ? monthly : fail('not-found');
}

/** Whether this link, or this person for the organisation, may do so with a monthly gift. */
export function belongsTo({ actor }: Pick<Context, 'actor'>, monthly: MonthlyGift, permission: 'gift.give' | 'gift.readOwn'): boolean {
  const isOfMember = monthly.donor !== undefined && !monthly.contact;
  return !isOfMember || ownDonorIds(actor, permission).includes(monthly.donor ?? '');
}

/** What an organisation's members give each month in its name, newest first. What was taken down before it registered stays behind its link. */
export async function findMonthlyGiftsOf(ctx: Context, donor: Donor, page: PageRequest): Promise<Page<MonthlyGift>> {
  const filter = { ledger: ctx.ledger, donor: donor._id, contact: null };
  return pageOf(MonthlyGift, { filter, order: { openedAt: -1 } }, page);
}

/** All monthly gifts of the county, newest first, for staff. */
export function findMonthlyGifts(ctx: Context, page: PageRequest): Promise<Page<MonthlyGift>> {
  return pageOf(MonthlyGift, { filter: { ledger: ctx.ledger }, order: { openedAt: -1 } }, page);
}

const mostMonths = 60;

/** The gifts of the months that were collected, the newest first. */
export function findMonths(ctx: Context, monthly: Pick<MonthlyGift, '_id'>): Promise<Gift[]> {
  return Gift.find({ ledger: ctx.ledger, monthly: monthly._id }).sort({ openedAt: -1, _id: -1 }).limit(mostMonths).lean<Gift[]>().exec();
}
