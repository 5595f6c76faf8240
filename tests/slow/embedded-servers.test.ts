import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Redis } from 'ioredis';
import { mongo } from 'mongoose';
import { waitForEarlierRun } from '../../server/platform/embedded/earlier-run';
import { startEmbedded } from '../../server/platform/embedded/start-embedded';
import { startMongod } from '../../server/platform/embedded/start-mongod';
import { startValkey } from '../../server/platform/embedded/start-valkey';
import { useTemporaryFolder } from '../support/temporary-folder';

jest.setTimeout(60_000);
const folder = useTemporaryFolder();
const killed = 128 + 9;

test('a mongod that was killed comes back over its data, on another port', async () => {
  const dataDir = join(folder, 'killed');
  const first = await startMongod({ dataDir, parameters: { enableTestCommands: 1 } });
  await withDatabase(first.url, (database, client) =>
    client.withSession((session) =>
      session.withTransaction(
        async () => {
          await database.collection<Numbered>('left').insertOne({ _id: 1 }, { session });
          await database.collection<Numbered>('right').insertOne({ _id: 2 }, { session });
        },
        { writeConcern: { w: 'majority', journal: true } },
      ),
    ),
  );
  process.kill(first.pid, 'SIGKILL');
  expect(await first.exited).toBe(killed);

  const second = await startMongod({ dataDir });
  const found = await withDatabase(second.url, async (database) => [
    await database.collection<Numbered>('left').findOne(),
    await database.collection<Numbered>('right').findOne(),
  ]);
  await second.stop();
  expect(found).toEqual([{ _id: 1 }, { _id: 2 }]);
  expect(second.port).not.toBe(first.port);
});

test('a restart on the old port is found by clients that were connected before', async () => {
  const dataDir = join(folder, 'same-port');
  const first = await startMongod({ dataDir });
  const count = await withDatabase(first.url, async (database) => {
    await database.collection<Numbered>('kept').insertOne({ _id: 1 }, { writeConcern: { w: 'majority', journal: true } });
    process.kill(first.pid, 'SIGKILL');
    await first.exited;
    const second = await startMongod({ dataDir, port: first.port });
    const counted = await database.collection('kept').countDocuments();
    await second.stop();
    return counted;
  });
  expect(count).toBe(1);
});

test('a Valkey that was killed comes back with what it held, and evicts nothing', async () => {
  const dataDir = join(folder, 'valkey');
  const first = await startValkey({ dataDir });
  await withRedis(first.url, async (redis) => {
    await redis.set('held', 'yes');
    expect(await redis.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
  });
  process.kill(first.pid, 'SIGKILL');
  expect(await first.exited).toBe(killed);

  const second = await startValkey({ dataDir });
  expect(await withRedis(second.url, (redis) => redis.get('held'))).toBe('yes');
  await second.stop();
});

test('a frozen server can be stopped', async () => {
  const valkey = await startValkey({ dataDir: join(folder, 'frozen'), durable: false });
  process.kill(valkey.pid, 'SIGSTOP');
  await valkey.stop();
  expect(await valkey.exited).toBe(0);
});

test('a folder whose server runs is not given to a second one', async () => {
  const dataDir = join(folder, 'in-use');
  const valkey = await startValkey({ dataDir });
  await expect(waitForEarlierRun(dataDir, join(dataDir, 'server.pid'), 0)).rejects.toThrow(`in use by process ${valkey.pid}`);
  await valkey.stop();
});

test('a server that cannot start says why', async () => {
  const dataDir = join(folder, 'refused');
  await expect(startMongod({ dataDir, parameters: { noSuchParameter: 1 } })).rejects.toThrow('noSuchParameter');
});

test('servers that are there already are used, not started or stopped', async () => {
  const urls = { mongoUri: 'mongodb://db.example', redisUrl: 'redis://cache.example' };
  const servers = await startEmbedded({ dataDir: join(folder, 'none'), say: () => undefined, ...urls });
  await servers.stop();
  expect(servers).toMatchObject({ ...urls, describe: [] });
});

describe.each(['SIGKILL', 'SIGINT'] as const)('after %s of the program', (signal) => {
  test('its servers stop, and the next program takes over their data', async () => {
    const dataDir = join(folder, signal);
    const parent = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'embedded-parent.ts'), dataDir], {
      detached: true, // a process group of its own, to which the signal goes as from a terminal
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface(parent.stdout), 'line')) as [string];
    const { mongoUri, redisUrl } = JSON.parse(line) as { mongoUri: string; redisUrl: string };
    const pids = ['mongodb', 'redis'].map((server) => Number(readFileSync(join(dataDir, server, 'server.pid'), 'utf8')));
    await withDatabase(mongoUri, (database) => database.collection<Numbered>('kept').insertOne({ _id: 7 }));
    const closed = [mongoUri, redisUrl].map(whenItHangsUp);
    process.kill(-(parent.pid ?? 0), signal);
    await Promise.all(closed);

    const next = await startEmbedded({ dataDir, say: () => undefined });
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(await withDatabase(next.mongoUri, (database) => database.collection('kept').countDocuments())).toBe(1);
    await next.stop();
  });
});

interface Numbered {
  _id: number;
}

async function withDatabase<T>(url: string, use: (database: mongo.Db, client: mongo.MongoClient) => Promise<T>): Promise<T> {
  const client = new mongo.MongoClient(url);
  try {
    return await use(client.db('embedded'), client);
  } finally {
    await client.close();
  }
}

async function withRedis<T>(url: string, use: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url);
  try {
    return await use(redis);
  } finally {
    redis.disconnect();
  }
}

async function whenItHangsUp(url: string): Promise<void> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.resume();
  await once(socket, 'connect');
  socket.on('error', () => undefined); // a server that dies may reset the connection instead of closing it
  await new Promise((closed) => socket.once('close', closed));
}
