import { followGift } from '../../server/donations/follow-gift';
import type { Gift } from '../../server/donations/gift.model';
import type { Context } from '../../server/kernel/context';

/** The whole way of a gift, with every use as a page would show it. */
export async function wayOfGift(ctx: Context, gift: Pick<Gift, 'number' | 'amountFen'>) {
  const { sums, helped, page } = await followGift(ctx, gift, (rows) => ({ rows }));
  return { sums, helped, uses: page.rows };
}
