import { closeLedger, openLedger } from '../server/ledger';
import { consumeOnce } from '../server/platform/outbox/consume-once';
import { startRelay } from '../server/platform/outbox/start-relay';
import { runProcess } from '../server/platform/process/run-process';
import { startWorker } from '../server/platform/queues/start-worker';
import { openQueue } from '../server/platform/queues/work-queue';
import { assertKeepsEverything, connectQueueRedis } from '../server/platform/redis/connection';
import { allJobs } from './all-jobs';
import { schedule } from './schedule';

// The process that runs jobs, hands on what the outbox owes and rings the schedules. Any number of them may run.
void runProcess('worker', async (boot) => {
  const { config, logger, clock } = boot;
  const [forQueue, forWorker] = [connectQueueRedis(config.redisUrl), connectQueueRedis(config.redisUrl)];
  for (const redis of [forQueue, forWorker]) redis.on('error', (error) => logger.error({ err: error }, 'redis connection failed'));
  await assertKeepsEverything(forQueue);
  await openLedger({ ...boot, ledger: config.ledger, redis: forQueue });
  const queue = openQueue(forQueue, config.ledger);
  const jobs = await allJobs(config);
  const worker = startWorker({ ...boot, connection: forWorker, ledger: config.ledger, jobs, around: consumeOnce });
  const relay = startRelay({ ledger: config.ledger, queue, clock }, schedule, logger);
  return {
    facts: { jobs: jobs.length, schedules: schedule.length },
    stop: async (deadlineMs) => {
      await relay.stop();
      await worker.close(deadlineMs);
      await queue.close();
      await closeLedger(config.ledger);
      for (const redis of [forQueue, forWorker]) redis.disconnect();
    },
  };
});
