import { followPledgeOfGift, giftArrived, issueOnArrival, prepareThanking, thankDonor } from '../server/donations';
import type { Config } from '../server/platform/config/config';
import { type Job, on } from '../server/platform/queues/job';

/** Tells a giver that the money has arrived, follows the pledge that it fulfils, and issues the receipt. */
export default async function giftArrivedJob(config: Config): Promise<Job> {
  const thanking = await prepareThanking(config);
  return on(giftArrived, async ({ giftId }, ctx) => {
    await thankDonor(ctx, thanking, giftId);
    await followPledgeOfGift(ctx, giftId);
    await issueOnArrival(ctx, { gift: giftId });
  });
}
