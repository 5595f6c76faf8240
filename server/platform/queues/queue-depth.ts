import type { Redis } from '../redis/connection';
import { queueName, queuePrefix } from './work-queue';

/** How many jobs of the county stand in each state, read from BullMQ's own keys: the web process opens no queue. */
export async function queueDepth(redis: Redis, ledger: string): Promise<Record<'waiting' | 'active' | 'delayed' | 'failed', number>> {
  const key = (state: string) => `${queuePrefix(ledger)}:${queueName}:${state}`;
  const [wait, prioritized, active, delayed, failed] = await Promise.all([
    redis.llen(key('wait')),
    redis.zcard(key('prioritized')),
    redis.llen(key('active')),
    redis.zcard(key('delayed')),
    redis.zcard(key('failed')),
  ]);
  return { waiting: wait + prioritized, active, delayed, failed };
}
