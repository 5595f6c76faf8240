import type { Schedule } from '../server/platform/queues/schedules';

/** What rings by itself, in Shanghai time. Times keep off the full hour, when everybody else's jobs start. */
export const schedule: readonly Schedule[] = [
  { job: 'notices.end', at: '4,14,24,34,44,54 * * * *' },
  { job: 'aid.reserveWaiting', at: '7,17,27,37,47,57 * * * *' },
  { job: 'campaigns.end', at: '6 0 * * *' },
  { job: 'points.expire', at: '17 0 * * *' },
  { job: 'funds.watch', at: '9,19,29,39,49,59 * * * *' },
  { job: 'bankLines.match', at: '23 * * * *' },
  { job: 'pledges.follow', at: '37 8 * * *' },
  { job: 'gifts.reconcile', at: '*/5 * * * *' },
  { job: 'receipts.issue', at: '2-59/5 * * * *' },
  { job: 'provider.reconcile', at: '23 * * * *' },
];
