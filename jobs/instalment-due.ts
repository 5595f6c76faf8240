import { instalmentDue, prepareThanking, tellOfInstalment } from '../server/donations';
import type { Config } from '../server/platform/config/config';
import { type Job, on } from '../server/platform/queues/job';

/** Tells a giver of an instalment of what he has promised. */
export default async function instalmentDueJob(config: Config): Promise<Job> {
  const thanking = await prepareThanking(config);
  return on(instalmentDue, (told, ctx) => tellOfInstalment(ctx, thanking, told));
}
