import mongoose from 'mongoose';
import { type Clock, systemClock } from '../../server/kernel/clock';
import { randomId, systemRandom } from '../../server/kernel/random';
import { closeLedger, LedgerRefused, openLedger, type Posting, post } from '../../server/ledger';
import { heads } from '../../server/ledger/collections';
import { Writer } from '../../server/ledger/writers';
import { connectMongo, disconnectMongo } from '../../server/platform/mongo/connection';
import { connectRedis } from '../../server/platform/redis/connection';
import { anyKind, testContext } from '../ledger/test-chart';
import type { ChildTask } from './ledger-child';
import { LedgerLoad } from './ledger-load';

// A process of its own that uses the ledger: started by `startLedgerChild`, told what to do by its argument, ended by disconnecting.

const task = JSON.parse(process.argv[2] ?? '{}') as ChildTask;
const ctx = testContext(task.ledger);
const clock: Clock = { now: () => new Date(systemClock.now().getTime() + (task.aheadMs ?? 0)) };
const tell = (message: unknown) => process.connected && process.send?.(message);

async function postAll(postings: readonly Posting[]): Promise<void> {
  const answers = await Promise.all(
    postings.map((posting) =>
      post(ctx, { ...posting, kind: anyKind }).then(
        ({ seq, replayed, drawn }) => ({ key: posting.key, seq, replayed, drawn }),
        (error: unknown) => ({ key: posting.key, refused: error instanceof LedgerRefused ? error.refusal : String(error) }),
      ),
    ),
  );
  tell({ answers });
}

/** Bumps the head in a transaction that nobody will ever end, as a process does that dies between bump and commit. */
async function hang(): Promise<void> {
  const session = mongoose.connection.getClient().startSession();
  await new Writer(task.ledger, randomId(systemRandom, `hanging-${process.pid}`)).announce(session);
  session.startTransaction({ readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority', j: true } });
  await heads().updateOne({ _id: task.ledger, ledger: task.ledger }, { $inc: { rev: 1 } }, { session });
  tell({ hanging: true });
}

async function run(): Promise<void> {
  await connectMongo(task.mongoUri, clock);
  const redis = task.redisUrl ? connectRedis(task.redisUrl) : undefined;
  redis?.on('error', () => undefined); // it is killed on purpose
  await openLedger({ ledger: task.ledger, clock, random: systemRandom, ...(redis ? { redis } : {}) });
  const load = new LedgerLoad(ctx, task.prefix ?? '', undefined, (key, seq) => tell({ acknowledged: [key, seq] }));
  process.on('message', (postings: Posting[]) => void postAll(postings));
  process.once('disconnect', async () => {
    await load.stop();
    await closeLedger(task.ledger);
    redis?.disconnect();
    await disconnectMongo();
  });
  if (task.hang) await hang();
  if (task.inFlight) load.start(task.inFlight);
  tell({ ready: true });
}

void run();
