import mongoose from 'mongoose';
import type { Clock } from '../../kernel/clock';
import type { WorkQueue } from '../queues/work-queue';
import { OutboxEvent } from './outbox-event.model';

const batch = 200;
const forgottenAfterMs = 60_000;
const restMs = 3_600_000;

export interface Relay {
  ledger: string;
  queue: WorkQueue;
  clock: Clock;
}

/**
 * Hands owed messages to the queue, oldest first, and again those that were sent a minute ago and are not done: Redis may have
 * lost them. The job's id is the row's, so what still lies in the queue is not doubled; one that gave up rests for an hour and is then
 * tried anew. Returns how many were handed over.
 */
export async function relayOutbox(relay: Relay): Promise<number> {
  let total = 0;
  for (;;) {
    const count = await relayBatch(relay);
    total += count;
    if (count < batch) return total;
  }
}

async function relayBatch({ ledger, queue, clock }: Relay): Promise<number> {
  const now = clock.now();
  const forgotten = new Date(now.getTime() - forgottenAfterMs);
  const rows = await OutboxEvent.find({
    ledger,
    $or: [{ state: 'waiting' }, { state: 'sent', sentAt: mongoose.trusted({ $lte: forgotten }) }],
  })
    .sort({ recordedAt: 1, _id: 1 })
    .limit(batch)
    .lean();
  if (rows.length === 0) return 0;
  await forgetGivenUp(
    queue,
    rows.filter(({ state }) => state === 'sent').map(({ _id }) => _id),
    now.getTime() - restMs,
  );
  await queue.addBulk(
    rows.map(({ _id, topic, payload, requestId }) => ({
      name: topic,
      data: { payload, outbox: _id, ...(requestId && { requestId }) },
      opts: { jobId: _id },
    })),
  );
  const ids = rows.map(({ _id }) => _id);
  // A job may be done before this line: it must not be called back from `done`.
  await OutboxEvent.updateMany(
    { ledger, _id: mongoose.trusted({ $in: ids }), state: mongoose.trusted({ $ne: 'done' }) },
    { $set: { state: 'sent', sentAt: now }, $inc: { version: 1 } },
  );
  return rows.length;
}

/** Takes jobs out of the queue that gave up before an instant: while they lie there, their rows cannot ring again. */
async function forgetGivenUp(queue: WorkQueue, ids: readonly string[], before: number): Promise<void> {
  await Promise.all(
    ids.map(async (id) => {
      const job = await queue.getJob(id);
      if (job?.finishedOn !== undefined && job.finishedOn <= before) await queue.remove(id);
    }),
  );
}

/** How many messages wait to be handed over. */
export function countOwed({ ledger }: Pick<Relay, 'ledger'>): Promise<number> {
  return OutboxEvent.countDocuments({ ledger, state: 'waiting' });
}
