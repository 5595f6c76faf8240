import { Redis } from 'ioredis';

export type { Redis };

/**
 * A connection for sessions, rate limits and hints. Commands fail after 2 s instead of waiting for a Redis that is away: everything
 * kept here can be done without for a while.
 */
export function connectRedis(url: string): Redis {
  return new Redis(url, { commandTimeout: 2_000, maxRetriesPerRequest: 1, enableReadyCheck: true });
}

/** A connection for queues: BullMQ waits in blocking commands, so these never time out. One per worker. */
export function connectQueueRedis(url: string): Redis {
  return new Redis(url, { maxRetriesPerRequest: null, enableReadyCheck: true });
}

/** True when Redis answers now. */
export async function redisAnswers(redis: Redis): Promise<boolean> {
  try {
    return (await redis.ping()) === 'PONG';
  } catch {
    return false; // the answer to the question; the client reconnects by itself
  }
}

/** Refuses a Redis that may forget jobs when it is full. Read from INFO, since hosted servers often forbid CONFIG. */
export async function assertKeepsEverything(redis: Redis): Promise<void> {
  const policy = evictionPolicy(await redis.info('memory'));
  if (policy !== 'noeviction') throw new Error(`Cannot use this Redis: maxmemory-policy is ${policy}, must be noeviction`);
}

/** The eviction policy in an answer to INFO. */
export function evictionPolicy(info: string): string {
  return /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? 'unknown';
}
