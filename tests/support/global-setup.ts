import { mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleBrowser } from '../../scripts/build';
import { startEmbedded } from '../../server/platform/embedded/start-embedded';
import { keepForTeardown } from './test-servers';

/** One mongod and one Valkey for the whole run, in a throw-away folder; with MONGODB_URI and REDIS_URL set, those. The pages' script, once. */
export default async function globalSetup(): Promise<void> {
  await bundleBrowser({ minify: true });
  const folder = mkdtempSync(join(roomyMemory() ?? tmpdir(), 'warm-heart-test-'));
  const servers = await startEmbedded({
    dataDir: folder,
    say: (line) => process.stderr.write(`${line}\n`),
    mongoUri: process.env['MONGODB_URI'],
    redisUrl: process.env['REDIS_URL'],
    mongo: {
      socketFolder: folder,
      parameters: {
        enableTestCommands: 1,
        transactionLifetimeLimitSeconds: 10,
        minSnapshotHistoryWindowInSeconds: 20,
        ttlMonitorEnabled: 'false',
      },
    },
    redis: { durable: false },
  });
  process.env['WH_TEST_RUN'] = `wh-test-${process.pid}`;
  keepForTeardown(servers, folder);
  process.env['WH_TEST_MONGODB_URI'] = process.env['MONGODB_URI'] ? servers.mongoUri : throughSocket(servers.mongoUri, folder);
  process.env['WH_TEST_REDIS_URL'] = servers.redisUrl;
}

/** Half of what a test does is asking MongoDB: a Unix socket costs a seventh less of the processor than the loopback's port. */
function throughSocket(uri: string, folder: string): string {
  const { port } = new URL(uri);
  return uri.replace(`127.0.0.1:${port}`, encodeURIComponent(join(folder, `mongodb-${port}.sock`)));
}

/** A folder in memory with room, if there is one: a flush to disk costs nothing there. Tests that kill a database start theirs on a disk. */
function roomyMemory(): string | undefined {
  const [folder, enough] = ['/dev/shm', 6 * 2 ** 30];
  const { bavail = 0, bsize = 0 } = statfsOrNothing(folder);
  return bavail * bsize > enough ? folder : undefined;
}

function statfsOrNothing(folder: string): { bavail?: number; bsize?: number } {
  try {
    return statfsSync(folder);
  } catch {
    return {}; // no such folder on this system
  }
}
