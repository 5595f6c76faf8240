import mongoose from 'mongoose';
import type { Context } from '../../kernel/context';
import type { Envelope } from '../queues/work-queue';
import { OutboxEvent } from './outbox-event.model';

/**
 * Runs the job of an outbox row unless it was done already, then marks the row. A crash between the two repeats the job, which is
 * why acts are idempotent by their own keys; this only saves the work.
 */
export async function consumeOnce(envelope: Envelope, ctx: Context, run: () => Promise<unknown>): Promise<void> {
  if (!envelope.outbox) {
    await run();
    return;
  }
  const row = { _id: envelope.outbox, ledger: ctx.ledger };
  const open = await OutboxEvent.exists({ ...row, state: mongoose.trusted({ $ne: 'done' }) });
  if (!open) return;
  await run();
  await OutboxEvent.updateOne(
    { ...row, state: mongoose.trusted({ $ne: 'done' }) },
    { $set: { state: 'done', doneAt: ctx.clock.now() }, $inc: { version: 1 } },
  );
}
