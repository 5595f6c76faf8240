import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runCounty } from './county/run-county';
import { seedIfEmpty } from './county/seed-if-empty';

// `npm run demo [-- --reset] [-- --households 300]`: everything on one machine, with the sample county in it.
const { values } = parseArgs({ options: { reset: { type: 'boolean', default: false }, households: { type: 'string', default: '150' } } });
const startedAt = performance.now();
const say = (line: string) => console.log(`${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${line}`);
const dataDir = resolve(process.env['DATA_DIR'] ?? '.data');
const demo = { DEMO: 'true', NODE_ENV: 'production', LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn' };

if (values.reset) {
  say('Removing the sample county of last time');
  for (const folder of ['mongodb', 'redis', 'practice']) rmSync(`${dataDir}/${folder}`, { recursive: true, force: true });
}
runCounty({
  dataDir,
  env: demo,
  watch: false,
  say,
  prepare: (env) => seedIfEmpty(env, { households: Number(values.households), say }),
}).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
