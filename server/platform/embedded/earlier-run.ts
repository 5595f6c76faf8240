import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const guardMs = 25_000; // a guard gives its server 20 s
const pauseMs = 100;

/**
 * A run that was killed leaves a server that its guard is just stopping: wait for that. Throws when the server stays, since then
 * another run is using the folder, and two servers over one folder would destroy it (Valkey takes no lock of its own).
 */
export async function waitForEarlierRun(folder: string, pidFile: string, patienceMs = guardMs): Promise<void> {
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8'));
  for (let waited = 0; isServerOf(pid, folder); waited += pauseMs) {
    if (waited >= patienceMs) throw new Error(`${folder} is in use by process ${pid}: stop the other run, or name another DATA_DIR`);
    await delay(pauseMs);
  }
}

/** The command line is compared too: after a restart of the machine the id may be anyone's. */
function isServerOf(pid: number, folder: string): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    const commandLine = existsSync('/proc/self/cmdline')
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return commandLine.includes(folder);
  } catch {
    return false; // no such process
  }
}
