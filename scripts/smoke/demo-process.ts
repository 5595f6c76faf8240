import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import type { Say } from '../county/servers';

/** `npm run demo` in a process group of its own, as a terminal would run it. */
export interface DemoProcess {
  url: string;
  /** From the command to the line "Ready". */
  readyAfterMs: number;
  /** Ctrl-C; resolves when the command has ended, and throws when it does not. */
  interrupt(): Promise<void>;
}

const endsWithinMs = 60_000;
const leftoversGoWithinMs = 10_000;

/** Starts the demo with data of its own, and waits until it says that it is ready. */
export async function startDemo(options: { dataDir: string; port: number; households: number; say: Say }): Promise<DemoProcess> {
  const { dataDir, port, households, say } = options;
  const startedAt = performance.now();
  const child = spawn('npm', ['run', '--silent', 'demo', '--', '--households', String(households)], {
    detached: true,
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    say(`  demo | ${line}`);
    const [, url] = /Ready: (\S+)/.exec(line) ?? [];
    if (!url) continue;
    child.stdout.resume(); // what it says from now on must not fill the pipe
    return { url, readyAfterMs: performance.now() - startedAt, interrupt: () => interrupt(child) };
  }
  const [code] = await ended;
  throw new Error(`the demo ended with code ${code} before it was ready`);
}

async function interrupt(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit').then(() => true);
  process.kill(-child.pid, 'SIGINT');
  if (await Promise.race([ended, wait(endsWithinMs, false, { ref: false })])) return;
  process.kill(-child.pid, 'SIGKILL');
  throw new Error(`the demo did not end within ${endsWithinMs / 1000} s after Ctrl-C`);
}

/** What still runs on this data some seconds after the end: command lines, none when all is well. Reads Linux's list of processes. */
export async function leftovers(dataDir: string): Promise<string[]> {
  const until = performance.now() + leftoversGoWithinMs;
  let left = runningWith(dataDir);
  while (left.length > 0 && performance.now() < until) {
    await wait(200);
    left = runningWith(dataDir);
  }
  return left;
}

function runningWith(dataDir: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && holds(`/proc/${name}/environ`, `DATA_DIR=${dataDir}`))
    .map((name) => `${name} ${read(`/proc/${name}/cmdline`).join(' ')}`);
}

function holds(file: string, line: string): boolean {
  return read(file).includes(line);
}

/** The parts of a list in /proc; none when the process went, or is somebody else's. */
function read(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\0');
  } catch {
    return [];
  }
}
