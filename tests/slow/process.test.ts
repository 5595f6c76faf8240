import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { testMongoUri, testRedisUrl } from '../support/test-database';

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

const servers = {
  DEMO: 'true',
  PORT: '0',
  LEDGER_ID: 'process-test',
  MONGODB_URI: testMongoUri('wh-test-process'),
  REDIS_URL: testRedisUrl(),
};

function run(script: string, env: Record<string, string>): ChildProcess {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', script], { env: { PATH, HOME, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  return child;
}

/** Reads the process's log until a line says this. */
async function lineThatSays(child: ChildProcess, message: string): Promise<Record<string, unknown>> {
  if (!child.stdout) throw new Error('no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const entry = JSON.parse(line) as Record<string, unknown>;
    if (entry['msg'] === message) return entry;
  }
  throw new Error(`ended before it said: ${message}`);
}

async function endOf(child: ChildProcess): Promise<{ code: number | null; said: string }> {
  let said = '';
  child.stderr?.on('data', (part: Buffer) => {
    said += part.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said };
}

test('web starts, answers that it is ready, and ends in order on SIGTERM', async () => {
  const web = run('server/web.ts', servers);
  const { port } = await lineThatSays(web, 'ready');
  expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
  web.kill('SIGTERM');
  expect(await endOf(web)).toMatchObject({ code: 0 });
}, 30_000);

test('the worker starts and ends in order on SIGINT', async () => {
  const worker = run('jobs/worker.ts', servers);
  await lineThatSays(worker, 'ready');
  worker.kill('SIGINT');
  expect(await endOf(worker)).toMatchObject({ code: 0 });
}, 30_000);

test('a wrong setting is refused in words, before anything is touched', async () => {
  const web = run('server/web.ts', { ...servers, PORT: 'eighty', MONGODB_URI: '' });
  const { code, said } = await endOf(web);
  expect(code).toBe(1);
  expect(said).toBe('Cannot start:\n  PORT: must be a whole number\n  MONGODB_URI: is required\n');
}, 30_000);
