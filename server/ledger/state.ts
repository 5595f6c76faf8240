import { invariant } from '../kernel/errors';
import type { LocalDate } from '../kernel/local-date';
import type { DocumentWrite } from '../platform/mongo/document-writes';
import { type Account, NotLoaded, type Pool, withLot } from './account-state';
import { type AccountCode, chartEntry, type PoolCode } from './chart';
import type { EntryDocument, NoteDocument } from './collections';
import type { AccountStatus } from './posting';
import { LedgerRefused } from './refusal';

/**
 * What one commit has loaded and changed. Postings are applied to it in order; a refused one is undone, so that it leaves no trace for
 * the next.
 */
export class CommitState {
  readonly accounts = new Map<AccountCode, Account | null>();
  readonly pools = new Map<PoolCode, Pool>();
  readonly counters = new Map<string, number>();
  /** Versions of guarded documents, by `<collection>/<id>`. */
  readonly versions = new Map<string, number | 'absent'>();
  readonly entries = new Map<string, EntryDocument>();
  readonly notes = new Map<string, NoteDocument>();

  readonly newEntries: EntryDocument[] = [];
  readonly newNotes: NoteDocument[] = [];
  readonly writes: { write: DocumentWrite; version: number; key: string }[] = [];
  readonly changedAccounts = new Set<Account>();
  readonly changedPools = new Set<Pool>();
  readonly changedCounters = new Set<string>();
  seq: number;
  /** Number of the last entry before the posting that is being applied: what a refusal names. */
  asOf: number;
  openFrom: LocalDate | undefined;

  #undo: (() => void)[] = [];

  constructor(
    readonly ledger: string,
    readonly recordedAt: string,
    readonly day: LocalDate,
    head: { seq: number; openFrom?: LocalDate },
  ) {
    this.seq = head.seq;
    this.asOf = head.seq;
    this.openFrom = head.openFrom;
  }

  /** Starts a posting: what follows can be undone as one. */
  begin(): void {
    this.asOf = this.seq;
    this.#undo = [];
  }

  /** Undoes all since {@link begin}. */
  undo(): void {
    for (const step of this.#undo.reverse()) step();
    this.#undo = [];
  }

  #undoable(step: () => void): void {
    this.#undo.push(step);
  }

  /** The account, or undefined when it is not open yet. */
  account(code: AccountCode): Account | undefined {
    const account = this.accounts.get(code);
    if (account === undefined) throw new NotLoaded([code]);
    return account ?? undefined;
  }

  pool(code: PoolCode): Pool {
    const pool = this.pools.get(code);
    invariant(pool, 'commit.pool-loaded', { pool: code });
    return pool;
  }

  /** Opens an account of a class that needs nothing else known. */
  openAccount(code: AccountCode): Account {
    return this.#addAccount({ code, ...chartEntry(code), status: 'open', balance: 0, value: 0, stored: false });
  }

  openLot(lot: Omit<Account, 'status' | 'balance' | 'value' | 'stored' | 'floor' | 'unit' | 'side'>, value: number): Account {
    const { unit, side } = chartEntry(lot.code);
    return this.#addAccount({ ...lot, unit, side, floor: 0, status: 'open', balance: 0, value, stored: false });
  }

  #addAccount(account: Account): Account {
    this.accounts.set(account.code, account);
    this.changedAccounts.add(account);
    this.#undoable(() => {
      this.accounts.set(account.code, null);
      this.changedAccounts.delete(account);
    });
    return account;
  }

  /** Adds a signed amount to an account, and to its pool. Floors are looked at when the whole posting has been applied. */
  add(account: Account, signed: number): void {
    const change = account.side === 'debit' ? signed : -signed;
    const known = this.changedAccounts.has(account);
    account.balance += change;
    this.changedAccounts.add(account);
    this.#undoable(() => {
      account.balance -= change;
      if (!known) this.changedAccounts.delete(account);
    });
    if (account.pool) this.#addToPool(this.pool(account.pool), account, change);
  }

  #addToPool(pool: Pool, lot: Account, change: number): void {
    const known = this.changedPools.has(pool);
    const wasDrawable = lot.status === 'open' && lot.balance - change > 0;
    const isDrawable = lot.status === 'open' && lot.balance > 0;
    pool.total += change;
    this.changedPools.add(pool);
    this.#undoable(() => {
      pool.total -= change;
      if (!known) this.changedPools.delete(pool);
    });
    if (wasDrawable !== isDrawable) this.#setDrawable(pool, lot, isDrawable);
  }

  #setDrawable(pool: Pool, lot: Account, drawable: boolean): void {
    const before = pool.lots;
    pool.open += drawable ? 1 : -1;
    pool.lots = drawable ? withLot(before, lot, pool.loadedTo) : before.filter((other) => other !== lot);
    this.#undoable(() => {
      pool.open -= drawable ? 1 : -1;
      pool.lots = before;
    });
  }

  setStatus(account: Account, status: AccountStatus): void {
    const before = account.status;
    const known = this.changedAccounts.has(account);
    const drawable = account.balance > 0;
    account.status = status;
    this.changedAccounts.add(account);
    this.#undoable(() => {
      account.status = before;
      if (!known) this.changedAccounts.delete(account);
    });
    if (account.pool && drawable && (before === 'open') !== (status === 'open')) {
      const pool = this.pool(account.pool);
      const poolKnown = this.changedPools.has(pool);
      this.changedPools.add(pool);
      this.#undoable(() => {
        if (!poolKnown) this.changedPools.delete(pool);
      });
      this.#setDrawable(pool, account, status === 'open');
    }
  }

  /** Book value of a goods lot goes down or up with its pieces. */
  addValue(lot: Account, change: number): void {
    lot.value += change;
    this.#undoable(() => {
      lot.value -= change;
    });
  }

  /** The next gapless number of a row. */
  nextNumber(series: string): number {
    const last = this.counters.get(series);
    invariant(last !== undefined, 'commit.counter-loaded', { series });
    const known = this.changedCounters.has(series);
    this.counters.set(series, last + 1);
    this.changedCounters.add(series);
    this.#undoable(() => {
      this.counters.set(series, last);
      if (!known) this.changedCounters.delete(series);
    });
    return last + 1;
  }

  addEntry(key: string, entry: EntryDocument): void {
    this.seq += 1;
    this.entries.set(key, entry);
    this.newEntries.push(entry);
    this.#undoable(() => {
      this.seq -= 1;
      this.entries.delete(key);
      this.newEntries.pop();
    });
  }

  addNote(key: string, note: NoteDocument): void {
    this.notes.set(key, note);
    this.newNotes.push(note);
    this.#undoable(() => {
      this.notes.delete(key);
      this.newNotes.pop();
    });
  }

  /** Opens the books from a day on; a day that is closed stays closed. */
  closeBefore(openFrom: LocalDate): void {
    const before = this.openFrom;
    if (before && before >= openFrom) return;
    this.openFrom = openFrom;
    this.#undoable(() => {
      this.openFrom = before;
    });
  }

  /** A write to a business document. Whoever changes one has guarded it, so its version is known here. */
  write(write: DocumentWrite, key: string): void {
    const [collection, id] =
      'insert' in write ? [write.insert, write.document._id] : 'update' in write ? [write.update, write.id] : [write.remove, write.id];
    const name = `${collection}/${id}`;
    const before = this.versions.get(name);
    const version = typeof before === 'number' ? before : 0;
    if ('insert' in write && typeof before === 'number') throw new LedgerRefused('exists', this.asOf, { collection, id });
    if (!('insert' in write)) invariant(version > 0, 'commit.write-guarded', { collection });
    this.versions.set(name, 'remove' in write ? 'absent' : version + 1);
    this.writes.push({ write, version, key });
    this.#undoable(() => {
      if (before === undefined) this.versions.delete(name);
      else this.versions.set(name, before);
      this.writes.pop();
    });
  }

  /** About how many documents the commit will write. */
  get size(): number {
    const rows = this.newEntries.length + this.newNotes.length + this.writes.length;
    return rows + this.changedAccounts.size + this.changedPools.size + this.changedCounters.size;
  }
}
