import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EmbeddedServer } from './embedded-server';
import { findMongod } from './find-mongod';
import { lastWords, startGuarded } from './guarded-process';
import { freePort, waitForPort } from './loopback-port';
import { becomeOneMemberSet } from './one-member-set';
import type { Say } from './server-binary';

export interface MongodOptions {
  /** The folder of this server alone; what lies there from an earlier run is kept and used. */
  dataDir: string;
  say?: Say;
  /** A free one when not given. A fault test gives the old port again, so that clients find the restarted server. */
  port?: number;
  /** Further server parameters: `{ enableTestCommands: 1 }` for fail points, `{ transactionLifetimeLimitSeconds: 10 }`. */
  parameters?: Readonly<Record<string, string | number>>;
  /** A folder with a short path, for a Unix socket `mongodb-<port>.sock` beside the port; none is made without. */
  socketFolder?: string;
}

/** Starts a mongod on loopback as the primary of a one-member replica set. Resolves when it takes writes. Throws {@link NoServer}. */
export async function startMongod(options: MongodOptions): Promise<EmbeddedServer> {
  const server = await startMember(options);
  await becomeOneMemberSet(server.port);
  return server;
}

/** Starts a mongod that waits to be told its replica set, `rs0`. Resolves when it answers. Throws {@link NoServer}. */
export async function startMember({ dataDir, say = () => undefined, port, ...options }: MongodOptions): Promise<EmbeddedServer> {
  const binary = await findMongod(say);
  const folder = resolve(dataDir);
  const dbPath = join(folder, 'db');
  mkdirSync(dbPath, { recursive: true });
  const ownPort = port ?? (await freePort());
  const server = await startGuarded(folder, binary.path, mongodArguments(dbPath, ownPort, options));
  if (!(await waitForPort(ownPort, server.exited))) throw new Error(`mongod did not start:\n${lastWords(folder)}`);
  return {
    ...server,
    port: ownPort,
    url: `mongodb://127.0.0.1:${ownPort}/?directConnection=true`,
    description: `MongoDB ${binary.version} (${binary.origin}) at 127.0.0.1:${ownPort}`,
  };
}

function mongodArguments(dbPath: string, port: number, { parameters, socketFolder }: Omit<MongodOptions, 'dataDir'>): string[] {
  const all = { diagnosticDataCollectionEnabled: 'false', ...parameters };
  return [
    ...['--replSet', 'rs0', '--bind_ip', '127.0.0.1', '--port', String(port), '--dbpath', dbPath],
    ...(socketFolder === undefined ? ['--nounixsocket'] : ['--unixSocketPrefix', socketFolder]),
    ...['--oplogSize', '128', '--wiredTigerCacheSizeGB', '0.5'],
    ...Object.entries(all).flatMap(([name, value]) => ['--setParameter', `${name}=${value}`]),
  ];
}
