import { Queue } from 'bullmq';
import type { Redis } from '../redis/connection';
import type { Payload } from './job';

/** What lies in Redis for one job. */
export interface Envelope {
  payload: Payload;
  /** Id of the outbox row that asked for it; absent for schedules. */
  outbox?: string;
  requestId?: string;
}

export type WorkQueue = Queue<Envelope>;

export const queueName = 'work';

/** The braces keep all keys of a county on one slot of a Redis Cluster. */
export function queuePrefix(ledger: string): string {
  return `{wh-${ledger}}`;
}

/**
 * Opens the county's queue. A failed job is tried for about an hour, then stays for people to look at; one that the outbox
 * owes is rung again after another hour.
 */
export function openQueue(connection: Redis, ledger: string): WorkQueue {
  return new Queue<Envelope>(queueName, {
    connection,
    prefix: queuePrefix(ledger),
    defaultJobOptions: {
      attempts: 12,
      backoff: { type: 'exponential', delay: 1_000, jitter: 0.5 },
      removeOnComplete: true, // the database remembers what is done
      removeOnFail: { count: 10_000 },
    },
  });
}
