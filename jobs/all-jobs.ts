import type { Job } from '../server/platform/queues/job';

/** Every job of the county. A job that is not here does not run. */
export const allJobs: readonly Job[] = [];
