import type { Context } from '../kernel/context';
import { change, type DocumentGuard, type DocumentWrite, unchanged } from '../platform/mongo/document-writes';
import { findGiftById } from './find-gifts';
import { findWaitingOf } from './find-parked-payments';
import { Gift } from './gift.model';
import type { ParkedPayment } from './parked-payment.model';

/** As part of the commit in which money that was put aside no longer waits: its gift loses the mark, unless other money of it waits. */
export async function unmarkGift(ctx: Context, parked: ParkedPayment): Promise<{ guards: DocumentGuard[]; writes: DocumentWrite[] }> {
  const other = (await findWaitingOf(ctx, parked.gift)).find(({ _id }) => _id !== parked._id);
  const gift = await findGiftById(ctx, parked.gift);
  const problem = other && { code: other.problem, at: other.parkedAt };
  return { guards: [unchanged(Gift, gift)], writes: [change(Gift, gift, { problem })] };
}
