import type { Context } from '../kernel/context';
import { change, type DocumentGuard, type DocumentWrite, unchanged } from '../platform/mongo/document-writes';
import { findGiftById } from './find-gifts';
import { findWaitingOf } from './find-parked-payments';
import { Gift } from './gift.model';
import type { ParkedPayment } from './parked-payment.model';

interface Along {
  guards: DocumentGuard[];
  writes: DocumentWrite[];
}

/** As part of the commit in which money that was put aside no longer waits: its gift loses the mark, unless other money of it waits. */
export async function unmarkGift(ctx: Context, parked: ParkedPayment): Promise<Along> {
  const other = (await findWaitingOf(ctx, parked.gift)).find(({ _id }) => _id !== parked._id);
  return marked(ctx, parked, other);
}

/** As part of the commit in which it waits again. */
export function markGift(ctx: Context, parked: ParkedPayment): Promise<Along> {
  return marked(ctx, parked, parked);
}

async function marked(ctx: Context, { gift: id }: ParkedPayment, waiting: ParkedPayment | undefined): Promise<Along> {
  const gift = await findGiftById(ctx, id);
  const problem = waiting && { code: waiting.problem, at: waiting.parkedAt };
  return { guards: [unchanged(Gift, gift)], writes: [change(Gift, gift, { problem })] };
}
