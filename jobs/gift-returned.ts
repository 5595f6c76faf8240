import { followPledgeOfGift, giftReturned } from '../server/donations';
import { on } from '../server/platform/queues/job';

/** Money of a gift has gone back, or has come again: the pledge that it fulfils follows. */
export default on(giftReturned, ({ giftId }, ctx) => followPledgeOfGift(ctx, giftId));
