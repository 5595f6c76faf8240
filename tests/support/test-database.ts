import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { systemClock } from '../../server/kernel/clock';
import { connectMongo, disconnectMongo } from '../../server/platform/mongo/connection';

const worker = Number(process.env['JEST_WORKER_ID'] ?? '1');

/** The URL of a database of the run's MongoDB, for tests that start processes of their own. */
export function testMongoUri(database: string): string {
  const [, server, options] = /^(mongodb(?:\+srv)?:\/\/[^/?]+)[^?]*(\?.*)?$/.exec(fromSetup('WH_TEST_MONGODB_URI')) ?? [];
  return `${server}/${database}${options ?? ''}`;
}

/** The URL of the run's Redis with this Jest worker's own database number, for tests that start queues or processes of their own. */
export function testRedisUrl(): string {
  const url = new URL(fromSetup('WH_TEST_REDIS_URL'));
  url.pathname = `/${worker % 16}`; // a server of one's own may have only the usual 16
  return url.href;
}

/**
 * Gives the test file an empty MongoDB database on Mongoose's default connection, which is that of production: models make no indexes by
 * themselves, so call `ensureIndexes` in a `beforeAll` where they matter. The files of a Jest worker run one after another and take turns
 * with one database: its documents go, its collections and indexes stay, for making some hundreds of them takes as long as many a file's
 * tests. Returns the database's name.
 */
export function useTestDatabase(): string {
  const name = runsDatabase(`worker-${worker}`);
  beforeAll(async () => {
    await connectMongo(testMongoUri(name), systemClock);
    const collections = await mongoose.connection.listCollections();
    await Promise.all(collections.map((collection) => mongoose.connection.collection(collection.name).deleteMany({})));
  });
  afterAll(disconnectMongo);
  return name;
}

/**
 * Gives the test file an ioredis client on a database number of its Jest worker: emptied before the first test, closed after the last.
 * The client is ready inside tests and `beforeAll`s that come later, not at the top of the file.
 */
export function useTestRedis(): Redis {
  const client = new Redis(testRedisUrl(), { lazyConnect: true, maxRetriesPerRequest: null }); // null: what BullMQ asks for
  beforeAll(async () => {
    await client.connect();
    await client.flushdb();
  });
  afterAll(async () => {
    await client.quit();
  });
  return client;
}

/** A database for this purpose that all files of the run share; dropped when it ends. */
export function runsDatabase(purpose: string): string {
  return `${fromSetup('WH_TEST_RUN')}-${purpose}`;
}

function fromSetup(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run this through Jest, whose global set-up starts the servers`);
  return value;
}
