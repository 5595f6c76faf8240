import { prepareThanking, receiptToSend, tellOfReceipt } from '../server/donations';
import type { Config } from '../server/platform/config/config';
import { type Job, on } from '../server/platform/queues/job';

/** Sends a giver the link to his receipt. */
export default async function receiptToSendJob(config: Config): Promise<Job> {
  const thanking = await prepareThanking(config);
  return on(receiptToSend, (told, ctx) => tellOfReceipt(ctx, thanking, told));
}
