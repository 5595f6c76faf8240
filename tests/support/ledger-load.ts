import { connection } from 'mongoose';
import { systemClock } from '../../server/kernel/clock';
import type { Context } from '../../server/kernel/context';
import { credit, debit, isRefused, LedgerUnknown, type Posting, post } from '../../server/ledger';
import { entries, nameOf } from '../../server/ledger/collections';
import { anyKind, bank, purse, slips, source } from '../ledger/test-chart';
import { faultsOfBooks } from './ledger-book-checks';

const written = 'load-documents';

/** One posting of the load: an entry, a number without gap, and a document that must come and stay away with it. */
function loadPosting(ledger: string, key: string): Posting {
  return {
    key,
    kind: anyKind,
    source,
    legs: [debit(bank('load'), 1), credit(purse('load'), 1)],
    numbers: [slips],
    writes: (posted) => [{ insert: written, document: { _id: `${ledger}/${key}`, ledger, version: 1, seq: posted.seq } }],
  };
}

/** Posts as fast as answers come, so many at once, and remembers what it was told. Any other error than `unknown` ends it. */
export class LedgerLoad {
  readonly acknowledged = new Map<string, number>();
  readonly unknown = new Set<string>();
  /** Told that it was too late: these must never be found. */
  readonly late = new Set<string>();
  /** How many were told that an earlier try had done it, though nobody here had made one: the ledger's own tries. */
  replayed = 0;
  #running: Promise<void>[] = [];
  #stopped = false;
  readonly #waiting = new Set<{ target: number; resolve: () => void }>();

  constructor(
    readonly ctx: Context,
    readonly prefix: string,
    /** Milliseconds that a caller waits for its answer; without it, as long as the ledger tries. */
    readonly patienceMs?: number,
    readonly onAnswer: (key: string, seq: number) => void = () => undefined,
  ) {}

  start(inFlight: number): void {
    this.#running = Array.from({ length: inFlight }, (_, lane) => this.#lane(lane));
    for (const lane of this.#running) lane.catch(() => undefined); // `stop` throws it
  }

  /** Lets what is in flight end, and throws what ended the load before. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#running);
  }

  /** Resolves when so many more have been acknowledged: how a test waits for a load to be under way. */
  async more(count: number): Promise<void> {
    const target = this.acknowledged.size + count;
    const reached = new Promise<void>((resolve) => this.#waiting.add({ target, resolve }));
    await Promise.race([reached, ...this.#running]); // a lane ends only by a fault
  }

  async #lane(lane: number): Promise<void> {
    for (let n = 0; !this.#stopped; n++) await this.try(`${this.prefix}:${lane}:${n}`);
  }

  /** Posts one key of the load. A repeat of what is unknown may wait for as long as it takes. */
  async try(key: string, patienceMs = this.unknown.has(key) ? undefined : this.patienceMs): Promise<void> {
    const notAfter = patienceMs === undefined ? {} : { notAfter: new Date(systemClock.now().getTime() + patienceMs) };
    try {
      const { seq, replayed } = await post(this.ctx, { ...loadPosting(this.ctx.ledger, key), ...notAfter });
      if (replayed && !this.unknown.has(key)) this.replayed += 1;
      this.acknowledged.set(key, seq ?? 0);
      this.unknown.delete(key);
      this.onAnswer(key, seq ?? 0);
      for (const one of this.#waiting) if (this.acknowledged.size >= one.target) one.resolve();
    } catch (error) {
      if (error instanceof LedgerUnknown) this.unknown.add(key);
      else if (isRefused(error, 'late')) this.late.add(key);
      else throw error;
    }
  }
}

/** What is wrong after a load: something acknowledged and not found, doubled, half written, or a number left out. */
export async function faultsOfLoad(
  ledger: string,
  acknowledged: ReadonlyMap<string, number>,
  late: ReadonlySet<string> = new Set(),
): Promise<string[]> {
  const book = await entries().find({ ledger }).toArray();
  const seqOf = new Map(book.map(({ _id, seq }) => [nameOf(_id), seq]));
  const faults: string[] = [];
  for (const [key, seq] of acknowledged) if (seqOf.get(key) !== seq) faults.push(`${key} was answered ${seq}, found is ${seqOf.get(key)}`);
  for (const key of late) if (seqOf.has(key)) faults.push(`${key} was refused as late, and is entry ${seqOf.get(key)}`);
  const documents = await connection.collection<{ _id: string; seq: number }>(written).find({ ledger }).toArray();
  const loaded = book.filter(({ legs }) => legs.some(({ account }) => account === bank('load')));
  if (documents.length !== loaded.length) faults.push(`${documents.length} documents for ${loaded.length} entries`);
  for (const { _id, seq } of documents) if (seqOf.get(nameOf(_id)) !== seq) faults.push(`${_id} belongs to no entry ${seq}`);
  const numbers = loaded.map((entry) => entry.numbers?.['test-slip'] ?? '').sort();
  for (const [place, number] of numbers.entries())
    if (!number.endsWith(String(place + 1).padStart(6, '0'))) faults.push(`gap at ${number}`);
  return [...faults.slice(0, 20), ...(await faultsOfBooks(ledger))];
}
