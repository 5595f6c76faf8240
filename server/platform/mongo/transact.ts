import mongoose from 'mongoose';
import type { Context } from '../../kernel/context';
import { fail, invariant } from '../../kernel/errors';
import { randomId } from '../../kernel/random';
import { applyWrites, checkGuards } from './apply-writes';
import type { DocumentGuard, DocumentWrite } from './document-writes';
import { Operation } from './operation.model';
import { countWrite } from './writes-so-far';

export interface Transaction {
  /** Idempotency key, chosen before the first try: ASCII, at most 120 characters. */
  key: string;
  writes: readonly DocumentWrite[];
  guards?: readonly DocumentGuard[];
}

const duplicateKey = 11_000;
const safely = { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority', j: true }, readPreference: 'primary' } as const;

/**
 * Writes several documents together or not at all, once per key: for rooms below the ledger. Rooms above it send the same writes with
 * a posting. `replayed` means that an earlier call with this key has done it; then nothing is written.
 * @throws AppError `state.stale` when a guard does not hold or an id is taken.
 */
export async function transact(ctx: Context, { key, writes, guards = [] }: Transaction): Promise<'done' | 'replayed'> {
  invariant(/^[!-~]{1,120}$/.test(key), 'transact.key-is-short-ascii', { key });
  const operation = {
    _id: `${ctx.ledger}/${key}`,
    ledger: ctx.ledger,
    version: 1,
    attempt: randomId(ctx.random, 'try'),
    actor: ctx.actor.id,
  };
  const session = await mongoose.connection.startSession();
  try {
    // The callback may run many times (write conflicts, a new primary): everything it relies on is read inside it.
    await session.withTransaction(async () => {
      await mongoose.connection
        .collection<Operation>(Operation.collection.name)
        .insertOne({ ...operation, at: ctx.clock.now() }, { session });
      const versions = await checkGuards(ctx.ledger, guards, session);
      await applyWrites(ctx.ledger, writes, versions, session);
    }, safely);
    return 'done';
  } catch (error) {
    return await outcomeOf(error, operation, writes);
  } finally {
    countWrite();
    await session.endSession();
  }
}

async function outcomeOf(
  error: unknown,
  operation: Pick<Operation, '_id' | 'attempt'>,
  writes: readonly DocumentWrite[],
): Promise<'done' | 'replayed'> {
  if (!(error instanceof mongoose.mongo.MongoServerError) || error.code !== duplicateKey) throw error;
  const found = await Operation.findById(operation._id).lean();
  // A crash of the server may make the driver run a committed callback again: its own operation says that it is done.
  if (found) return found.attempt === operation.attempt ? 'done' : 'replayed';
  return fail('state.stale', { taken: writes.flatMap((write) => ('insert' in write ? [write.insert] : [])).join(' ') });
}
