import { seededRandom } from '../../../server/kernel/random';
import { createLogger } from '../../../server/platform/logging/logger';
import { type RunningWorker, startWorker, type WorkerSetup } from '../../../server/platform/queues/start-worker';
import { connectQueueRedis, type Redis } from '../../../server/platform/redis/connection';
import { testRedisUrl } from '../../support/test-database';

type Needed = Pick<WorkerSetup, 'ledger' | 'clock' | 'jobs' | 'around'>;

/** Workers for one test each: started when called, closed with their connections after the test. */
export function useWorker(): (setup: Needed & Partial<WorkerSetup>) => RunningWorker {
  const running: { worker: RunningWorker; redis: Redis }[] = [];
  afterEach(async () => {
    for (const { worker, redis } of running.splice(0)) {
      await worker.close(2_000);
      redis.disconnect();
    }
  });
  return (setup) => {
    const redis = connectQueueRedis(testRedisUrl());
    const logger = createLogger({ level: 'silent', process: 'test' });
    const worker = startWorker({ connection: redis, logger, random: seededRandom('worker'), ...setup });
    running.push({ worker, redis });
    return worker;
  };
}

/** Asks again and again until the answer is yes; the test's own time limit ends it otherwise. */
export async function untilTrue(question: () => Promise<boolean>): Promise<void> {
  while (!(await question())) await new Promise((resolve) => setImmediate(resolve));
}
