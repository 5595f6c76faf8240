import { type Job as QueuedJob, UnrecoverableError, Worker } from 'bullmq';
import { ZodError } from 'zod';
import type { Clock } from '../../kernel/clock';
import type { Context } from '../../kernel/context';
import { AppError, BrokenInvariant } from '../../kernel/errors';
import type { Random } from '../../kernel/random';
import type { Logger } from '../logging/logger';
import { scrub } from '../logging/scrub';
import { within } from '../process/within';
import type { Redis } from '../redis/connection';
import type { Job } from './job';
import { type Envelope, queueName, queuePrefix } from './work-queue';

export interface WorkerSetup {
  /** A connection of its own, made by `connectQueueRedis`. */
  connection: Redis;
  ledger: string;
  jobs: readonly Job[];
  clock: Clock;
  random: Random;
  logger: Logger;
  /** Wraps the run of each job: the outbox skips what is done and notes what it did. */
  around: (envelope: Envelope, ctx: Context, run: () => Promise<unknown>) => Promise<void>;
  concurrency?: number;
}

export interface RunningWorker {
  /** Takes no more jobs, waits for running ones until the deadline, then lets go: another worker repeats what was cut off. */
  close(deadlineMs: number): Promise<void>;
}

/** Runs the county's jobs until closed. */
export function startWorker(setup: WorkerSetup): RunningWorker {
  const jobs = new Map(setup.jobs.map((job) => [job.name, job]));
  const worker = new Worker<Envelope>(queueName, (queued) => runJob(setup, jobs, queued), {
    connection: setup.connection,
    prefix: queuePrefix(setup.ledger),
    concurrency: setup.concurrency ?? 8,
  });
  worker.on('error', (error) => setup.logger.error({ err: error }, 'queue connection failed'));
  worker.on('failed', (queued, error) => logFailure(setup.logger, queued, error));
  return {
    async close(deadlineMs) {
      // `close()` waits for jobs without end and cannot be forced afterwards, so the waiting is done by `pause`.
      await within(deadlineMs, worker.pause());
      await worker.close(true);
    },
  };
}

async function runJob(setup: WorkerSetup, jobs: ReadonlyMap<string, Job>, queued: QueuedJob<Envelope>): Promise<void> {
  const job = jobs.get(queued.name);
  if (!job) throw new UnrecoverableError(`no job is named ${queued.name}`);
  const ctx = contextOf(setup, queued);
  try {
    await setup.around(queued.data, ctx, () => job.run(queued.data.payload, ctx));
  } catch (error) {
    throw retryable(error, queued.name);
  }
}

function contextOf({ ledger, clock, random }: WorkerSetup, { name, data }: QueuedJob<Envelope>): Context {
  const actor = { id: `system:${name}`, kind: 'system', grants: [] } as const;
  return { ledger, actor, clock, random, locale: 'zh-CN', ...(data.requestId && { requestId: data.requestId }) };
}

/** What repeating cannot mend is not repeated. Messages are scrubbed, since BullMQ keeps them in Redis. */
function retryable(error: unknown, name: string): Error {
  if (error instanceof ZodError) return new UnrecoverableError(`payload of ${name} does not fit`);
  if (error instanceof BrokenInvariant) return new UnrecoverableError(scrub(error.message));
  if (error instanceof AppError) return error;
  return new Error(scrub(error instanceof Error ? error.message : String(error)), { cause: error });
}

function logFailure(logger: Logger, queued: QueuedJob<Envelope> | undefined, error: Error): void {
  const facts = { job: queued?.name, jobId: queued?.id, tries: queued?.attemptsMade, requestId: queued?.data.requestId, err: error };
  const isOver = error instanceof UnrecoverableError || (queued?.attemptsMade ?? 0) >= (queued?.opts.attempts ?? 1);
  if (isOver) logger.error(facts, 'job gave up');
  else logger.warn(facts, 'job failed and will be tried again');
}
