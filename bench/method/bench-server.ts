import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../server/kernel/clock';
import { startMongod } from '../../server/platform/embedded/start-mongod';
import { connectMongo, disconnectMongo } from '../../server/platform/mongo/connection';

/** A connected database, empty, and what it is. */
export interface BenchServer {
  description: string;
  uri: string;
  stop(): Promise<void>;
}

/** Connects to MONGODB_URI, or starts a mongod of our own in a throw-away folder; all contestants share it. */
export async function startBenchServer(say: (line: string) => void): Promise<BenchServer> {
  const given = process.env['MONGODB_URI'];
  if (given) {
    const uri = new URL(given);
    uri.pathname = '/warm-heart-bench'; // dropped by each bench: never a database that somebody named
    await connectMongo(uri.href, systemClock);
    return { description: `MongoDB at ${uri.host}`, uri: uri.href, stop: disconnectMongo };
  }
  const folder = mkdtempSync(join(tmpdir(), 'warm-heart-bench-'));
  const mongod = await startMongod({ dataDir: folder, say });
  const uri = mongod.url.replace('/?', '/warm-heart-bench?');
  await connectMongo(uri, systemClock);
  return {
    uri,
    description: mongod.description.replace(/ at .*/, ''),
    async stop() {
      await disconnectMongo();
      await mongod.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
