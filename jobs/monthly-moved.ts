import { monthlyMoved, prepareThanking, tellOfMonthly } from '../server/donations';
import type { Config } from '../server/platform/config/config';
import { type Job, on } from '../server/platform/queues/job';

/** Tells the giver of a monthly gift what has happened to it. */
export default async function monthlyMovedJob(config: Config): Promise<Job> {
  const thanking = await prepareThanking(config);
  return on(monthlyMoved, (told, ctx) => tellOfMonthly(ctx, thanking, told));
}
