import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Posting } from '../../server/ledger';

export interface ChildTask {
  mongoUri: string;
  redisUrl?: string;
  ledger: string;
  /** Posts a load with this prefix, so many at once, until it is ended. */
  prefix?: string;
  inFlight?: number;
  /** Opens a transaction with the head in it, and leaves it open. */
  hang?: boolean;
  /** How far its clock goes ahead of the others'. */
  aheadMs?: number;
}

export interface ChildAnswer {
  key: string;
  seq?: number | null;
  replayed?: boolean;
  refused?: string;
  drawn?: readonly { origin: string; amount: number }[];
}

/** Another process that posts to the same ledger. */
export interface LedgerChild {
  pid: number;
  /** What it was told by the ledger and could tell us before it died. */
  acknowledged: Map<string, number>;
  post(postings: readonly Omit<Posting, 'kind'>[]): Promise<ChildAnswer[]>;
  /** Resolves when so many more have been acknowledged to us. */
  more(count: number): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** Ends it in peace, after what is in flight, or waits until it is gone. */
  end(): Promise<void>;
}

type Message = { ready?: boolean; acknowledged?: [string, number]; answers?: ChildAnswer[] };

const alive = new Set<ChildProcess>();
afterAll(() => {
  for (const child of alive) child.kill('SIGKILL'); // of a test that failed before it ended them
});

/** Starts another process with the ledger open; resolves when it is. */
export async function startLedgerChild(task: ChildTask): Promise<LedgerChild> {
  const args = ['--import', 'tsx', join(__dirname, 'ledger-process.ts'), JSON.stringify(task)];
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  alive.add(child);
  const acknowledged = new Map<string, number>();
  const waiting = new Set<(message: Message) => void>();
  child.on('message', (message: Message) => {
    if (message.acknowledged) acknowledged.set(...message.acknowledged);
    for (const look of waiting) look(message);
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  void gone.then(() => alive.delete(child));
  const next = (wanted: (message: Message) => boolean): Promise<Message> => {
    const found = new Promise<Message>((resolve) => {
      const look = (message: Message) => {
        if (!wanted(message)) return;
        waiting.delete(look);
        resolve(message);
      };
      waiting.add(look);
    });
    return Promise.race([found, gone.then(() => fail('the child is gone'))]);
  };
  await next((message) => message.ready === true);
  return {
    pid: child.pid ?? 0,
    acknowledged,
    async post(postings) {
      const answer = next((message) => message.answers !== undefined);
      child.send(postings);
      return (await answer).answers ?? [];
    },
    async more(count) {
      const target = acknowledged.size + count;
      await next(() => acknowledged.size >= target);
    },
    kill: (signal) => void child.kill(signal),
    async end() {
      if (child.connected) child.disconnect();
      await gone;
    },
  };
}

function fail(message: string): never {
  throw new Error(message);
}
