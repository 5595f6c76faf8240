import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mongo } from 'mongoose';
import type { Say } from './servers';

/** Runs `npm run seed` in a process of its own, unless there is a county already: loading the whole program only to see that takes seconds. */
export async function seedIfEmpty(env: Record<string, string>, options: { households: number; say: Say }): Promise<void> {
  if (await hasPeople(env['MONGODB_URI'] ?? '')) return options.say('The sample county is there');
  const args = ['--import', 'tsx', 'scripts/seed.ts', '--households', String(options.households)];
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`the sample county could not be made (code ${code})`);
  options.say('The sample county is there');
}

async function hasPeople(uri: string): Promise<boolean> {
  const client = await mongo.MongoClient.connect(uri);
  try {
    const users = client.db().collection('users');
    return (await users.findOne({}, { projection: { _id: 1 } })) !== null;
  } finally {
    await client.close();
  }
}
