import { createServer } from 'node:net';
import { bundleBrowser } from '../build';
import { type Program, startProgram, waitUntilReady } from './program';
import { type CountyServers, type Say, startServers } from './servers';

export interface RunOptions {
  dataDir: string;
  /** Extra environment of both processes. */
  env: Record<string, string>;
  watch: boolean;
  say: Say;
  /** Fills an empty database, before anybody can look at it. */
  prepare?: (env: Record<string, string>) => Promise<void>;
}

const firstPort = 3000;

/** Runs the whole county on this machine until Ctrl-C: servers, sample data, web and worker. */
export async function runCounty({ dataDir, env, watch, say, prepare }: RunOptions): Promise<void> {
  const port = await portFor(process.env['PORT']);
  const webUrl = process.env['PUBLIC_BASE_URL'] ?? `http://localhost:${port}`;
  const ending = untilSignal();
  const servers = await startServers({ dataDir, webUrl: `http://127.0.0.1:${port}`, env: process.env, say });
  const programs: Program[] = [];
  try {
    for (const line of servers.describe) say(line);
    const settings = { ...env, ...servers.env, PORT: String(port), PUBLIC_BASE_URL: webUrl, DATA_DIR: dataDir };
    say('Bundling pages');
    await bundleBrowser({ minify: !watch });
    await prepare?.(settings);
    say('Starting web and worker');
    const web = startProgram('server/web.ts', settings, watch);
    programs.push(web, startProgram('jobs/worker.ts', settings, watch));
    await waitUntilReady(`http://127.0.0.1:${port}/readyz`, web);
    say(`Ready: ${webUrl}   (Ctrl-C stops everything; the data stays in ${dataDir})`);
    await Promise.race([ending, ...programs.map((program) => program.ended)]);
  } finally {
    await stopAll(programs, servers, say);
  }
}

async function stopAll(programs: readonly Program[], servers: CountyServers, say: Say): Promise<void> {
  say('Stopping');
  await Promise.all(programs.map((program) => program.stop()));
  await servers.stop();
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
}

/** The port that was asked for, or the first free one from 3000 on, so that a second demo does not fail at its last step. */
async function portFor(asked: string | undefined): Promise<number> {
  if (asked && asked !== '0') {
    if (await isFree(Number(asked))) return Number(asked);
    throw new Error(`PORT ${asked} is taken; set another one`);
  }
  for (let port = firstPort; port < firstPort + 100; port++) if (await isFree(port)) return port;
  throw new Error('no free port from 3000 to 3099; set PORT');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
