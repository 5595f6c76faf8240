import type { Context } from '../../kernel/context';
import { outboxed } from '../../platform/outbox/outboxed';
import { giftReturned } from '../donations.topics';
import type { Gift } from '../gift.model';

/** What each commit adds by which money of a gift goes back, or comes again: the pledge that it fulfils is to follow at once. */
export function pledgeTold(ctx: Context, { _id: giftId, pledge }: Pick<Gift, '_id' | 'pledge'>) {
  return pledge ? [outboxed(ctx, giftReturned, { giftId })] : [];
}
