import { resolve } from 'node:path';
import { runCounty } from './county/run-county';
import { seedIfEmpty } from './county/seed-if-empty';

// `npm run dev`: the demo with a database of its own, pages read afresh, and processes that start again when their files change.
const say = (line: string) => console.log(line);
const env = { DEMO: 'true', NODE_ENV: 'development', LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'info' };

runCounty({
  dataDir: resolve(process.env['DATA_DIR'] ?? '.data/dev'),
  env,
  watch: true,
  say,
  prepare: (settings) => seedIfEmpty(settings, { households: 40, say }),
}).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
