import type { Schedule } from '../server/platform/queues/schedules';

/** What rings by itself, in Shanghai time. Times keep off the full hour, when everybody else's jobs start. */
export const schedule: readonly Schedule[] = [];
