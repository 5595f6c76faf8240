import { goodsDecided, prepareThanking, tellOfGoods } from '../server/donations';
import type { Config } from '../server/platform/config/config';
import { type Job, on } from '../server/platform/queues/job';

/** Tells a giver whether offered goods were accepted. */
export default async function goodsDecidedJob(config: Config): Promise<Job> {
  const thanking = await prepareThanking(config);
  return on(goodsDecided, ({ offerId }, ctx) => tellOfGoods(ctx, thanking, offerId));
}
