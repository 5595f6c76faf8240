import { SteppedClock } from '../../server/kernel/clock';
import type { Context } from '../../server/kernel/context';
import { invariant } from '../../server/kernel/errors';
import { seededRandom } from '../../server/kernel/random';
import { ensureIndexes } from '../../server/platform/mongo/indexes';
import { transact } from '../../server/platform/mongo/transact';
import { consumeOnce } from '../../server/platform/outbox/consume-once';
import { OutboxEvent } from '../../server/platform/outbox/outbox-event.model';
import { outboxed } from '../../server/platform/outbox/outboxed';
import { relayOutbox } from '../../server/platform/outbox/relay-outbox';
import { on, topic } from '../../server/platform/queues/job';
import { openQueue, type WorkQueue } from '../../server/platform/queues/work-queue';
import { z } from '../../server/platform/validation/zod';
import { useTestDatabase, useTestRedis } from '../support/test-database';
import { untilTrue, useWorker } from './support/use-worker';

const giftReceived = topic('gift.received', z.object({ giftId: z.string() }));
const clock = new SteppedClock('2026-11-24T00:00:00Z');
const ctx: Context = {
  ledger: 'outbox-test',
  actor: { id: 'usr_1', kind: 'person', grants: [] },
  clock,
  random: seededRandom('outbox'),
  locale: 'zh-CN',
  requestId: 'req_1',
};

useTestDatabase();
const redis = useTestRedis();
const startTestWorker = useWorker();
let queue: WorkQueue;

beforeAll(async () => {
  await ensureIndexes();
  queue = openQueue(redis, ctx.ledger);
});
beforeEach(async () => {
  await OutboxEvent.deleteMany({});
  await redis.flushdb();
});
afterAll(() => queue.close());

const relay = () => relayOutbox({ ledger: ctx.ledger, queue, clock });
const owe = (giftId: string) => transact(ctx, { key: `gift:${giftId}`, writes: [outboxed(ctx, giftReceived, { giftId })] });
const states = async () => (await OutboxEvent.find({ ledger: ctx.ledger }).sort({ recordedAt: 1 }).lean()).map(({ state }) => state);
const allDone = async () => (await states()).every((state) => state === 'done');

/** A worker that remembers which gifts it heard of. */
function listen(act: (giftId: string) => Promise<void> = async () => undefined): string[] {
  const heard: string[] = [];
  const job = on(giftReceived, async ({ giftId }) => {
    heard.push(giftId);
    await act(giftId);
  });
  startTestWorker({ ledger: ctx.ledger, clock, jobs: [job], around: consumeOnce });
  return heard;
}

test('what a commit owes is delivered once and marked done', async () => {
  await owe('gift-1');
  expect(await states()).toEqual(['waiting']);
  expect(await relay()).toBe(1);
  const heard = listen();
  await untilTrue(allDone);
  expect(heard).toEqual(['gift-1']);
  expect(await OutboxEvent.findOne({ ledger: ctx.ledger }).lean()).toMatchObject({ requestId: 'req_1', doneAt: clock.now() });
});

test('a refused commit owes nothing', async () => {
  await owe('gift-2');
  await expect(
    transact(ctx, {
      key: 'gift:refused',
      guards: [{ in: 'outbox', id: 'evt_none', is: 1 }],
      writes: [outboxed(ctx, giftReceived, { giftId: 'gift-3' })],
    }),
  ).rejects.toMatchObject({ code: 'state.stale' });
  expect(await states()).toEqual(['waiting']);
});

test('rows leave in the order of their commits', async () => {
  for (const giftId of ['a', 'b', 'c']) {
    await owe(giftId);
    clock.advance(1);
  }
  await relay();
  const waiting = await queue.getJobs(['waiting'], 0, -1, true);
  expect(waiting.map(({ data }) => data.payload['giftId'])).toEqual(['a', 'b', 'c']);
});

test('handing over twice makes one job', async () => {
  await owe('gift-4');
  await relay();
  clock.advance(60_000);
  expect(await relay()).toBe(1);
  expect(await queue.getJobCountByTypes('waiting')).toBe(1);
});

test('a Redis that lost everything costs a minute, no message', async () => {
  await owe('gift-5');
  await owe('gift-6');
  await relay();
  await redis.flushdb();
  clock.advance(59_000);
  expect(await relay()).toBe(0);
  clock.advance(1_000);
  expect(await relay()).toBe(2);
  const heard = listen();
  await untilTrue(allDone);
  expect(heard.sort()).toEqual(['gift-5', 'gift-6']);
});

test('what is done is not done again, even when its job comes back', async () => {
  await owe('gift-7');
  await relay();
  const heard = listen();
  await untilTrue(allDone);
  const row = await OutboxEvent.findOne({ ledger: ctx.ledger }).orFail().lean();
  const late = await queue.add(row.topic, { payload: row.payload, outbox: row._id });
  await untilTrue(async () => (await queue.getJob(late.id ?? '')) === undefined);
  expect(heard).toEqual(['gift-7']);
  expect(await relay()).toBe(0);
});

test('an act that fails is tried again, and its row stays open until it succeeds', async () => {
  let tries = 0;
  await owe('gift-8');
  await relay();
  const seen: string[][] = [];
  listen(async () => {
    tries += 1;
    seen.push(await states());
    if (tries === 1) throw new Error('the bank did not answer');
  });
  await untilTrue(allDone);
  expect(seen).toEqual([['sent'], ['sent']]);
});

test('an act that gave up is rung again after an hour: what was in its way may be mended', async () => {
  const given = Date.now(); // the queue goes by the machine's clock
  const relayAfter = (ms: number) =>
    relayOutbox({ ledger: ctx.ledger, queue, clock: new SteppedClock(new Date(given + ms).toISOString()) });
  let isBroken = true;
  await owe('gift-9');
  await relayAfter(0);
  const heard = listen(async () => invariant(!isBroken, 'test.mended'));
  await untilTrue(async () => (await queue.getFailedCount()) === 1);
  isBroken = false;
  await relayAfter(10 * 60_000);
  expect([heard, await queue.getFailedCount()]).toEqual([['gift-9'], 1]);
  await relayAfter(70 * 60_000);
  await untilTrue(allDone);
  expect([heard, await queue.getFailedCount()]).toEqual([['gift-9', 'gift-9'], 0]);
});

test('a payload that does not fit is not sent', () => {
  expect(() => outboxed(ctx, giftReceived, { giftId: 7 } as unknown as { giftId: string })).toThrow(z.ZodError);
});
