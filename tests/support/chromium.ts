import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

const run = promisify(execFile);
const cache = resolve('node_modules/.cache');

/** How to start Chromium here. */
export interface ChromiumInstallation {
  executablePath: string;
  env: Record<string, string>;
}

/**
 * Starts a headless Chromium that shows Chinese, the one of package `@sparticuz/chromium` (Linux x64), or the one that CHROMIUM_PATH
 * names. The caller closes it. Never add the package's own `args`: they run all pages in one process and open foreign origins.
 */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = await ensureChromium();
  return chromium.launch({
    executablePath,
    env,
    args: ['--no-sandbox', '--disable-gpu', '--disable-software-rasterizer', '--disable-extensions'],
  });
}

/** Unpacks Chromium and writes its font list at first use (2 s); any number of processes may do so at once. */
export async function ensureChromium(): Promise<ChromiumInstallation> {
  const env = { ...definedOnly(process.env), FONTCONFIG_FILE: writeFontList() };
  const own = process.env['CHROMIUM_PATH'];
  if (own) return { executablePath: own, env };
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('set CHROMIUM_PATH: the packaged Chromium is for Linux x64');
  const home = await unpackedChromium();
  const executablePath = join(home, 'chromium');
  if (await hasItsLibraries(executablePath)) return { executablePath, env };
  return { executablePath, env: { ...env, LD_LIBRARY_PATH: join(home, 'al2023/lib') } };
}

/** The package unpacks into the temporary folder and takes any Chromium it finds there, so it gets one to itself, in a process to itself. */
async function unpackedChromium(): Promise<string> {
  const packaged = require.resolve('@sparticuz/chromium'); // build/cjs/index.cjs
  const { version } = JSON.parse(readFileSync(join(dirname(packaged), '../../package.json'), 'utf8')) as { version: string };
  const home = join(cache, `chromium-${version}`);
  if (existsSync(home)) return home;
  mkdirSync(cache, { recursive: true });
  const part = mkdtempSync(`${home}.part-`);
  try {
    // The environment of a Lambda makes it unpack the libraries of Amazon Linux too.
    const env = { ...process.env, TMPDIR: part, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
    await run(process.execPath, ['-e', 'require(process.argv[1]).executablePath()', packaged], { env });
    moveInto(part, home);
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
  return home;
}

function moveInto(part: string, home: string): void {
  try {
    renameSync(part, home);
  } catch (error) {
    if (!existsSync(home)) throw error; // otherwise another process was faster
  }
}

/** False where `libnss3` or another is missing, as on a bare server. */
async function hasItsLibraries(executablePath: string): Promise<boolean> {
  const { stdout } = await run('ldd', [executablePath]);
  return !stdout.includes('not found');
}

/** Only Noto Sans SC, so that a page looks the same on every machine. */
function writeFontList(): string {
  const fonts = dirname(require.resolve('@expo-google-fonts/noto-sans-sc/package.json'));
  const list = join(cache, 'fonts.conf');
  const folders = ['400Regular', '700Bold'].map((weight) => `<dir>${join(fonts, weight)}</dir>`).join('');
  const content = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders}<cachedir>${cache}/fontconfig</cachedir></fontconfig>`;
  if (existsSync(list) && readFileSync(list, 'utf8') === content) return list; // another browser may be reading it
  mkdirSync(cache, { recursive: true });
  writeFileSync(list, content);
  return list;
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
