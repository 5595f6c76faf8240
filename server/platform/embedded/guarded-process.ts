import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { waitForEarlierRun } from './earlier-run';

/** A server that cannot outlive this process. */
export interface GuardedProcess {
  /** Of the server itself, not of its guard: what a fault test kills or freezes. */
  readonly pid: number;
  /** Resolves with the exit status, 128 + signal number when it was killed. Never rejects. */
  readonly exited: Promise<number>;
  /** SIGTERM, and SIGKILL after 20 s; resolves when the server is gone. May be called twice. */
  stop(): Promise<void>;
}

/**
 * The guard holds the other end of our pipe: when the pipe closes, because we stop the server or because we were killed in
 * whatever way, it ends the server. It waits for the server as its parent, so it never signals a process id that was given anew.
 * SIGCONT goes along because a fault test may have frozen the server.
 */
const guard = `
pid_file=$1; shift
exec 3<&0
"$@" </dev/null 3<&- >&2 &
server=$!
echo "$server" >"$pid_file"
echo "$server"
exec >/dev/null
{
  read -r closed <&3
  kill -TERM "$server"; kill -CONT "$server"
  waited=0
  while [ "$waited" -lt 20 ]; do sleep 1; waited=$((waited + 1)); done
  kill -KILL "$server"
} 2>/dev/null &
watcher=$!
exec 3<&-
wait "$server"
status=$?
kill "$watcher" 2>/dev/null
rm -f "$pid_file"
exit "$status"
`;

/**
 * Starts a server under a guard. `folder` is this server's own: its log and process id lie there, and `args` must name a path
 * in it, by which a server left from an earlier run is recognised. Ctrl-C does not reach the server: we decide when it stops.
 */
export async function startGuarded(folder: string, binary: string, args: readonly string[]): Promise<GuardedProcess> {
  mkdirSync(folder, { recursive: true });
  const pidFile = join(folder, 'server.pid');
  await waitForEarlierRun(folder, pidFile);

  const log = openSync(logFile(folder), 'w');
  const options = { detached: true, stdio: ['pipe', 'pipe', log] as ['pipe', 'pipe', number] };
  const child = spawn('/bin/sh', ['-c', guard, 'guard', pidFile, binary, ...args], options) as ChildProcessByStdio<
    Writable,
    Readable,
    null
  >;
  closeSync(log);
  const exited = new Promise<number>((resolve) => {
    child.once('exit', (code) => resolve(code ?? 1));
    child.once('error', () => resolve(1)); // no /bin/sh: the start below fails with what the log says
  });
  child.stdin.on('error', () => undefined); // the guard went first: `exited` tells
  const pid = Number(await Promise.race([firstLine(child.stdout), exited.then(() => '0')]));
  child.stdout.destroy();
  child.unref(); // a program that forgets to stop its servers still ends, and so do they

  return {
    pid,
    exited,
    async stop() {
      child.ref();
      child.stdin.end();
      await exited;
    },
  };
}

/** The last lines that a server wrote, for the message of a failed start. */
export function lastWords(folder: string): string {
  return readFileSync(logFile(folder), 'utf8').trimEnd().split('\n').slice(-5).join('\n').slice(-2_000);
}

function logFile(folder: string): string {
  return join(folder, 'server.log');
}

async function firstLine(output: NodeJS.ReadableStream): Promise<string> {
  const [line] = (await once(createInterface(output), 'line')) as [string];
  return line;
}
