import { fundAlarmRaised, prepareAlarming, tellAlarm } from '../server/funds';
import type { Config } from '../server/platform/config/config';
import { type Job, on } from '../server/platform/queues/job';

/** Tells the people who keep the funds that money runs short. */
export default async function fundAlarmJob(config: Config): Promise<Job> {
  const alarming = await prepareAlarming(config);
  return on(fundAlarmRaised, (told, ctx) => tellAlarm(ctx, alarming, told));
}
