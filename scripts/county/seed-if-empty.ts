import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Say } from './servers';

/** Runs `npm run seed` in a process of its own, which does nothing when the county has its sample already. */
export async function seedIfEmpty(env: Record<string, string>, options: { households: number; say: Say }): Promise<void> {
  const args = ['--import', 'tsx', 'scripts/seed.ts', '--households', String(options.households)];
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`the sample county could not be made (code ${code})`);
  options.say('The sample county is there');
}
