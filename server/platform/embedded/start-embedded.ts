import { join } from 'node:path';
import type { EmbeddedServer } from './embedded-server';
import type { Say } from './server-binary';
import { type MongodOptions, startMongod } from './start-mongod';
import { startValkey, type ValkeyOptions } from './start-valkey';

export interface EmbeddedOptions {
  /** `mongodb/` and `redis/` are made below it. */
  dataDir: string;
  say: Say;
  /** A server that is there already (MONGODB_URI): then none is started. */
  mongoUri?: string | undefined;
  /** A server that is there already (REDIS_URL): then none is started. */
  redisUrl?: string | undefined;
  mongo?: Pick<MongodOptions, 'port' | 'parameters' | 'socketFolder'>;
  redis?: Pick<ValkeyOptions, 'port' | 'durable'>;
}

export interface EmbeddedServers {
  mongoUri: string;
  redisUrl: string;
  /** What runs, a line for each server that was started. */
  describe: string[];
  /** Stops what was started, not what was there. */
  stop(): Promise<void>;
}

/** Starts the servers that no URL is given for. They end with this process, however it ends. Throws {@link NoServer}. */
export async function startEmbedded({ dataDir, say, mongoUri, redisUrl, mongo, redis }: EmbeddedOptions): Promise<EmbeddedServers> {
  const starting = [
    mongoUri ? undefined : startMongod({ ...mongo, dataDir: join(dataDir, 'mongodb'), say }),
    redisUrl ? undefined : startValkey({ ...redis, dataDir: join(dataDir, 'redis'), say }),
  ] as const;
  const results = await Promise.allSettled(starting);
  const servers = results.flatMap((result) => (result.status === 'fulfilled' && result.value ? [result.value] : []));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) {
    await stopAll(servers);
    throw failed.reason;
  }
  const [mongod, valkey] = await Promise.all(starting);
  return {
    mongoUri: mongoUri || (mongod?.url ?? ''),
    redisUrl: redisUrl || (valkey?.url ?? ''),
    describe: servers.map((server) => server.description),
    stop: () => stopAll(servers),
  };
}

async function stopAll(servers: readonly EmbeddedServer[]): Promise<void> {
  await Promise.all(servers.map((server) => server.stop()));
}
