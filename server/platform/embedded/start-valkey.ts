import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Redis } from 'ioredis';
import type { EmbeddedServer } from './embedded-server';
import { findValkey } from './find-valkey';
import { lastWords, startGuarded } from './guarded-process';
import { freePort, waitForPort } from './loopback-port';
import type { Say } from './server-binary';

export interface ValkeyOptions {
  /** The folder of this server alone; what lies there from an earlier run is kept and used. */
  dataDir: string;
  say?: Say;
  /** A free one when not given. */
  port?: number;
  /** Whether what it holds survives a restart, at most the last second lost (append-only file). Default true. */
  durable?: boolean;
}

/** Starts a Valkey or Redis on loopback. Resolves when it has loaded its data and answers. Throws {@link NoServer}. */
export async function startValkey({ dataDir, say = () => undefined, port, durable = true }: ValkeyOptions): Promise<EmbeddedServer> {
  const binary = await findValkey(say);
  const folder = resolve(dataDir);
  const data = join(folder, 'db');
  mkdirSync(data, { recursive: true });
  const ownPort = port ?? (await freePort());
  const server = await startGuarded(folder, binary.path, valkeyArguments(data, ownPort, durable));
  if (!(await waitForPort(ownPort, server.exited))) throw new Error(`the Redis server did not start:\n${lastWords(folder)}`);
  const url = `redis://127.0.0.1:${ownPort}`;
  await waitUntilLoaded(url);
  return { ...server, port: ownPort, url, description: `Redis-compatible ${binary.version} (${binary.origin}) at 127.0.0.1:${ownPort}` };
}

function valkeyArguments(data: string, port: number, durable: boolean): string[] {
  return [
    ...['--bind', '127.0.0.1', '--port', String(port), '--dir', data],
    ...['--appendonly', durable ? 'yes' : 'no', '--save', ''],
    ...['--maxmemory-policy', 'noeviction'], // BullMQ loses jobs under any other
    ...['--databases', '64'], // one for each Jest worker
    ...['--set-proc-title', 'no'], // the command line tells later runs whose server this is
  ];
}

/** While it loads its file it answers LOADING; ioredis waits for the end of that before it is ready. */
async function waitUntilLoaded(url: string): Promise<void> {
  const client = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: null });
  try {
    await client.connect();
    await client.ping();
  } finally {
    client.disconnect();
  }
}
