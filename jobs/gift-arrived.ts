import { giftArrived, prepareThanking, thankDonor } from '../server/donations';
import type { Config } from '../server/platform/config/config';
import { type Job, on } from '../server/platform/queues/job';

/** Tells a giver that the money has arrived. */
export default async function giftArrivedJob(config: Config): Promise<Job> {
  const thanking = await prepareThanking(config);
  return on(giftArrived, ({ giftId }, ctx) => thankDonor(ctx, thanking, giftId));
}
