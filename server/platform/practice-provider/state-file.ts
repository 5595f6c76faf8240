import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { emptyState, type PracticeState } from './practice-state';

const fileName = 'practice-provider.json';
const format = 1;
const maps = [
  'sessions',
  'paymentIntents',
  'charges',
  'subscriptions',
  'invoices',
  'invoicePayments',
  'refunds',
  'disputes',
  'warnings',
  'transactions',
  'payouts',
  'paidOut',
  'events',
  'endpoints',
  'answers',
] as const;

/** Keeps the state of the practice provider, so that a gift being paid survives a restart of the demo. */
export interface StateFile {
  /** Writes the state as it is now; calls that come while a write runs share the next one. */
  save(state: PracticeState): Promise<void>;
}

/** Nothing is kept: for tests. */
export const noStateFile: StateFile = { save: () => Promise.resolve() };

/** Reads what was kept in the folder; an empty state when there is nothing yet. Throws when the file is not ours to read. */
export async function loadState(folder: string): Promise<PracticeState> {
  const text = await readFile(join(folder, fileName), 'utf8').catch(absentAsNull);
  if (text === null) return emptyState();
  const kept = JSON.parse(text) as Record<string, unknown> & { format?: number };
  if (kept.format !== format) throw new Error(`${fileName} in ${folder} has an unknown format: start afresh with --reset`);
  const entries = maps.map((name) => [name, new Map((kept[name] ?? []) as [string, unknown][])]);
  const empty = emptyState();
  const { deliveries, lastOrder, settlement = empty.settlement } = kept as Partial<PracticeState>;
  return { ...empty, ...Object.fromEntries(entries), deliveries, lastOrder, settlement } as PracticeState;
}

/** Keeps the state in the folder, which is made when it is not there. */
export function stateFile(folder: string): StateFile {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  const start = (state: PracticeState): Promise<void> => {
    running = write(folder, state).finally(() => {
      running = null;
    });
    return running;
  };

  return {
    save(state) {
      if (!running) return start(state);
      next ??= running
        .catch(() => undefined) // its own caller has been told
        .then(() => {
          next = null;
          return start(state);
        });
      return next;
    },
  };
}

/** Aside first, then renamed: a crash leaves the old file or the new one, never half a file. */
async function write(folder: string, state: PracticeState): Promise<void> {
  await mkdir(folder, { recursive: true });
  const aside = join(folder, `${fileName}.new`);
  const kept = { format, ...state, ...Object.fromEntries(maps.map((name) => [name, [...state[name]]])) };
  const file = await open(aside, 'w', 0o600); // it holds webhook secrets
  try {
    await file.writeFile(JSON.stringify(kept));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(aside, join(folder, fileName));
}

function absentAsNull(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
