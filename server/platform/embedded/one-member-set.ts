import { setTimeout as delay } from 'node:timers/promises';
import { mongo } from 'mongoose';

const notYetInitialized = 94;

interface SetConfig {
  version: number;
  members: { _id: number; host: string }[];
}

/**
 * Makes the mongod at `127.0.0.1:port` the primary of a replica set of its own, `rs0`; transactions need one. Over the data of an
 * earlier run the set still names the port of that run: it is told the new one by force, since no member could vote for it.
 */
export async function becomeOneMemberSet(port: number): Promise<void> {
  const client = new mongo.MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`);
  try {
    const admin = client.db('admin');
    const host = `127.0.0.1:${port}`;
    const config = await currentConfig(admin);
    if (!config) {
      await admin.command({ replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host }] } });
    } else if (config.members.length !== 1 || config.members[0]?.host !== host) {
      const members = [{ ...config.members[0], _id: config.members[0]?._id ?? 0, host }];
      await admin.command({ replSetReconfig: { ...config, version: config.version + 1, members }, force: true });
    }
    await waitUntilWritable(admin);
  } finally {
    await client.close();
  }
}

async function currentConfig(admin: mongo.Db): Promise<SetConfig | undefined> {
  try {
    return (await admin.command({ replSetGetConfig: 1 }))['config'] as SetConfig;
  } catch (error) {
    if (error instanceof mongo.MongoServerError && error.code === notYetInitialized) return undefined;
    throw error;
  }
}

async function waitUntilWritable(admin: mongo.Db): Promise<void> {
  for (let attempt = 0; attempt < 1_500; attempt += 1) {
    if ((await admin.command({ hello: 1 }))['isWritablePrimary'] === true) return;
    await delay(20);
  }
  throw new Error('mongod answers, but did not become primary within 30 s');
}
