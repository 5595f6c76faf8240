import type { WorkQueue } from './work-queue';

/** When a job rings by itself. `at` is a cron pattern in Shanghai time: `30 2 * * *` is 2:30 each night. */
export interface Schedule {
  job: string;
  at: string;
}

/** Makes the queue's schedules those of the list: what is gone from it stops. Idempotent; two workers may do it at once. */
export async function applySchedules(queue: WorkQueue, schedules: readonly Schedule[]): Promise<void> {
  const wanted = new Set(schedules.map(({ job }) => job));
  for (const { key } of await queue.getJobSchedulers()) {
    if (!wanted.has(key)) await queue.removeJobScheduler(key);
  }
  for (const { job, at } of schedules) {
    await queue.upsertJobScheduler(job, { pattern: at, tz: 'Asia/Shanghai' }, { name: job, data: { payload: {} } });
  }
}

/** Applies the schedules again when Redis has lost them. */
export async function keepSchedules(queue: WorkQueue, schedules: readonly Schedule[]): Promise<void> {
  if ((await queue.getJobSchedulersCount()) !== schedules.length) await applySchedules(queue, schedules);
}
