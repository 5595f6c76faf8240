import { rmSync } from 'node:fs';
import { mongo } from 'mongoose';
import type { EmbeddedServers } from '../../server/platform/embedded/start-embedded';

// Jest loads set-up and teardown as separate modules of one process: what they share hangs on the process.
const shared = globalThis as typeof globalThis & { warmHeartTestServers?: { servers: EmbeddedServers; folder: string } };

export function keepForTeardown(servers: EmbeddedServers, folder: string): void {
  shared.warmHeartTestServers = { servers, folder };
}

export async function stopTestServers(): Promise<void> {
  if (!shared.warmHeartTestServers) return;
  const { servers, folder } = shared.warmHeartTestServers;
  if (process.env['MONGODB_URI']) await dropTestDatabases(servers.mongoUri);
  await servers.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** On a server that is not ours: the databases of this run. */
async function dropTestDatabases(uri: string): Promise<void> {
  const client = await mongo.MongoClient.connect(uri);
  const { databases } = await client.db().admin().listDatabases({ nameOnly: true });
  const ours = databases.filter(({ name }) => name.startsWith(`${process.env['WH_TEST_RUN']}-`));
  await Promise.all(ours.map(({ name }) => client.db(name).dropDatabase()));
  await client.close();
}
