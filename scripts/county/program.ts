import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

/** One process of the program, run from its source. */
export interface Program {
  /** Resolves when it has ended, by itself or by {@link stop}. */
  ended: Promise<number>;
  stop(): Promise<void>;
}

const stopsWithinMs = 30_000;

/** Starts `server/web.ts` or `jobs/worker.ts`; `watch` starts it afresh whenever one of its files changes. */
export function startProgram(file: string, env: Record<string, string | undefined>, watch = false): Program {
  const flags = watch ? ['--watch', '--watch-preserve-output'] : [];
  const child = spawn(process.execPath, [...flags, '--import', 'tsx', file], {
    env: { ...process.env, ...env, ENDS_WITH_PARENT: 'true' },
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  return { ended: once(child, 'exit').then(([code]) => Number(code ?? 1)), stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const inTime = await Promise.race([gone.then(() => true), wait(stopsWithinMs, false, { ref: false })]);
  if (!inTime) child.kill('SIGKILL');
  await gone;
}

/** Waits until the address answers with success; gives up when the process ends first. */
export async function waitUntilReady(url: string, program: Program): Promise<void> {
  let code: number | undefined;
  void program.ended.then((ended) => {
    code = ended;
  });
  while (code === undefined) {
    const answer = await fetch(url).catch(() => undefined); // not listening yet
    if (answer?.ok) return;
    await wait(100);
  }
  throw new Error(`the web process ended with code ${code} before it was ready`);
}
