import { allJobs } from '../../jobs/all-jobs';
import { systemRandom } from '../../server/kernel/random';
import { createLogger } from '../../server/platform/logging/logger';
import { consumeOnce } from '../../server/platform/outbox/consume-once';
import { startRelay } from '../../server/platform/outbox/start-relay';
import { startWorker } from '../../server/platform/queues/start-worker';
import { openQueue } from '../../server/platform/queues/work-queue';
import { connectQueueRedis } from '../../server/platform/redis/connection';
import type { CountyApp } from '../support/county-app';
import { testConfig } from '../support/sign-in';
import { useTemporaryFolder } from '../support/temporary-folder';
import { testRedisUrl } from '../support/test-database';

/** The worker beside the county's app. Call it before the app is made, so that it stops before the app's servers, and start it afterwards. */
export function useCountyWorker(): (county: CountyApp) => Promise<void> {
  const closing: (() => Promise<unknown>)[] = [];
  afterAll(async () => {
    for (const close of closing.reverse()) await close();
  });
  const folder = useTemporaryFolder(); // what it would send lies there
  return async ({ ctx, stage: { clock } }) => {
    const { ledger } = ctx;
    const logger = createLogger({ level: 'silent', process: 'test' });
    const [forQueue, forWorker] = [connectQueueRedis(testRedisUrl()), connectQueueRedis(testRedisUrl())];
    const queue = openQueue(forQueue, ledger);
    const jobs = await allJobs(testConfig({ DATA_DIR: folder }));
    const worker = startWorker({ connection: forWorker, ledger, jobs, clock, random: systemRandom, logger, around: consumeOnce });
    const relay = startRelay({ ledger, queue, clock }, [], logger);
    closing.push(
      async () => [forQueue, forWorker].map((redis) => redis.disconnect()),
      () => queue.close(),
      () => worker.close(2_000),
      () => relay.stop(),
    );
  };
}
