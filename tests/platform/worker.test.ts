import { SteppedClock } from '../../server/kernel/clock';
import { BrokenInvariant } from '../../server/kernel/errors';
import { job } from '../../server/platform/queues/job';
import { applySchedules, keepSchedules } from '../../server/platform/queues/schedules';
import { openQueue, type WorkQueue } from '../../server/platform/queues/work-queue';
import { assertKeepsEverything, evictionPolicy } from '../../server/platform/redis/connection';
import { z } from '../../server/platform/validation/zod';
import { useTestRedis } from '../support/test-database';
import { untilTrue, useWorker } from './support/use-worker';

const ledger = 'worker-test';
const clock = new SteppedClock('2026-11-24T00:00:00Z');
const around = async (_envelope: unknown, _ctx: unknown, run: () => Promise<unknown>) => void (await run());
const redis = useTestRedis();
const startTestWorker = useWorker();
let queue: WorkQueue;

beforeAll(() => {
  queue = openQueue(redis, ledger);
});
beforeEach(() => redis.flushdb());
afterAll(() => queue.close());

test('a job acts as the system, for its county', async () => {
  const seen: unknown[] = [];
  const look = job('aid.assess', z.object({ householdId: z.string() }), async ({ householdId }, ctx) => {
    seen.push({ householdId, ledger: ctx.ledger, actor: ctx.actor, now: ctx.clock.now() });
  });
  startTestWorker({ ledger, clock, jobs: [look], around });
  await queue.add('aid.assess', { payload: { householdId: 'hh_1' } });
  await untilTrue(async () => seen.length > 0);
  expect(seen).toEqual([{ householdId: 'hh_1', ledger, actor: { id: 'system:aid.assess', kind: 'system', grants: [] }, now: clock.now() }]);
});

const failing = {
  payload: async () => undefined,
  invariant: async () => {
    throw new BrokenInvariant('test.always', { phone: '13800000000' });
  },
};
test.each`
  name            | act                  | data                       | why
  ${'aid.assess'} | ${failing.payload}   | ${{}}                      | ${'its payload does not fit'}
  ${'aid.assess'} | ${failing.invariant} | ${{ householdId: 'hh_1' }} | ${'an invariant is broken'}
  ${'aid.gone'}   | ${failing.payload}   | ${{}}                      | ${'nobody knows it'}
`('a job is not repeated when $why, and its failure names nobody', async ({ name, act, data }) => {
  startTestWorker({ ledger, clock, jobs: [job('aid.assess', z.object({ householdId: z.string() }), act)], around });
  const queued = await queue.add(name, { payload: data });
  await untilTrue(() => queued.isFailed());
  const failed = await queue.getJob(queued.id ?? '');
  expect(failed).toMatchObject({ attemptsMade: 1 });
  expect(failed?.failedReason).not.toContain('13800000000');
});

test('closing cuts a job that does not end by the deadline', async () => {
  const forever = new Promise<void>(() => undefined);
  let started = 0;
  const hold = job('hold', z.object({}), async () => {
    started += 1;
    await forever;
  });
  const worker = startTestWorker({ ledger, clock, jobs: [hold], around });
  const queued = await queue.add('hold', { payload: {} });
  await untilTrue(async () => started === 1);
  await worker.close(10);
  expect(await queued.getState()).toBe('active'); // another worker takes it over when its lock has run out
});

test('closing lets a job end that is nearly done', async () => {
  let ended = 0;
  let started = 0;
  const brief = job('brief', z.object({}), async () => {
    started += 1;
    await new Promise((resolve) => setImmediate(resolve));
    ended += 1;
  });
  const worker = startTestWorker({ ledger, clock, jobs: [brief], around });
  await queue.add('brief', { payload: {} });
  await untilTrue(async () => started === 1);
  await worker.close(5_000);
  expect(ended).toBe(1);
});

test('schedules are those of the list, in Shanghai time, and come back after a loss', async () => {
  const nightly = { job: 'truths.check', at: '30 2 * * *' };
  await applySchedules(queue, [nightly, { job: 'old.job', at: '0 5 * * *' }]);
  await applySchedules(queue, [nightly]);
  expect(await queue.getJobSchedulers()).toEqual([
    expect.objectContaining({ key: 'truths.check', pattern: '30 2 * * *', tz: 'Asia/Shanghai' }),
  ]);
  await redis.flushdb();
  await keepSchedules(queue, [nightly]);
  expect(await queue.getJobSchedulersCount()).toBe(1);
});

test('the worker takes a Redis that forgets nothing', async () => {
  await expect(assertKeepsEverything(redis)).resolves.toBeUndefined();
});

test.each`
  info                                                             | policy
  ${'# Memory\r\nmaxmemory:0\r\nmaxmemory_policy:allkeys-lru\r\n'} | ${'allkeys-lru'}
  ${'# Memory\r\nmaxmemory_policy:noeviction\r\n'}                 | ${'noeviction'}
  ${'# Memory\r\n'}                                                | ${'unknown'}
`('reads the eviction policy $policy', ({ info, policy }) => expect(evictionPolicy(info)).toBe(policy));
