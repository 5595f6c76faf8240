import mongoose from 'mongoose';
import { systemClock } from '../../server/kernel/clock';
import { systemRandom } from '../../server/kernel/random';
import { closeLedger, openLedger } from '../../server/ledger';
import { connectMongo, disconnectMongo } from '../../server/platform/mongo/connection';
import { connectRedis } from '../../server/platform/redis/connection';
import { amountOf, pairOf } from './bench-book';
import { ledgerName } from './bench-chart';
import { postTransfer } from './bench-postings';

// Another process that posts as much as it can until its input is closed, as a worker does that awards a month's points.
const [uri = '', redisUrl = '', inFlight = '256', purses = '10000'] = process.argv.slice(2);

async function main(): Promise<void> {
  await connectMongo(uri, systemClock);
  const redis = redisUrl ? connectRedis(redisUrl) : undefined;
  await openLedger({ ledger: ledgerName, clock: systemClock, random: systemRandom, ...(redis ? { redis } : {}) });
  let ends = false;
  process.stdin.resume().once('end', () => {
    ends = true;
  });
  let done = 0;
  const lane = async () => {
    while (!ends) {
      const n = done++;
      await postTransfer(`busy:${process.pid}:${n}`, ...pairOf(n, Number(purses)), amountOf(n));
      if (n === 1000) process.send?.('under way');
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: Number(inFlight) }, lane));
  process.send?.(done / ((performance.now() - startedAt) / 1000));
  await closeLedger(ledgerName);
  redis?.disconnect();
  await disconnectMongo();
  process.disconnect();
}

main().catch((error: unknown) => {
  console.error(error, mongoose.connection.readyState);
  process.exit(1);
});
