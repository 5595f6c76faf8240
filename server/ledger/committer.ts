import { performance } from 'node:perf_hooks';
import { setImmediate as gathered, setTimeout as wait } from 'node:timers/promises';
import { connection, type mongo } from 'mongoose';
import type { Clock } from '../kernel/clock';
import { shanghaiDay } from '../kernel/local-date';
import type { Random } from '../kernel/random';
import { histogram } from '../platform/metrics/metrics';
import { countWrite } from '../platform/mongo/writes-so-far';
import { LoadAlso, NotLoaded, trimLots } from './account-state';
import { applyPosting, type Prepared } from './apply-posting';
import { heads } from './collections';
import { isGone, mayPass } from './commit-errors';
import { loadState, type StateCache } from './load-state';
import type { Posted } from './posting';
import { LedgerRefused, LedgerUnknown } from './refusal';
import { IdTaken, markStored, saveState } from './save-state';
import { CommitState } from './state';
import type { Turns } from './turns';
import type { Writer } from './writers';

const postingsPerCommit = 500;
const bulkPerCommit = 100;
const documentsPerCommit = 1000;
const waitsForHeadMs = 1500;
const givesUpAfterMs = 30_000;
const cachedAccounts = 100_000;

const commitSeconds = histogram({
  name: 'commit_seconds',
  help: 'How long a commit of the ledger took, with its repetitions',
  buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30],
});
const commitPostings = histogram({
  name: 'commit_postings',
  help: 'How many postings one commit of the ledger took',
  buckets: [1, 2, 5, 10, 30, 100, 300, 500],
});

interface Waiting {
  prepared: Prepared;
  settle: (outcome: Posted | Error) => void;
}

/** What a commit found out about each posting; `later` did not fit, or needs more loaded, and goes first in the next commit. */
interface Outcomes {
  done: Map<Waiting, Posted | Error>;
  later: Waiting[];
}

/**
 * One commit is in flight per ledger and process; what arrives meanwhile goes with the next. No timer: an idle ledger answers at once,
 * a busy one commits hundreds of postings per transaction (LEDGER 3).
 */
export class Committer {
  readonly #interactive: Waiting[] = [];
  readonly #bulk: Waiting[] = [];
  #running: Promise<void> | undefined;
  #closed = false;
  #session: mongo.ClientSession | undefined;
  #cache: StateCache = { accounts: new Map(), pools: new Map() };
  #cacheRev = -1;

  constructor(
    private readonly ledger: string,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly turns: Turns,
    private readonly writer: Writer,
  ) {}

  /** Queues a posting and resolves with its outcome. */
  post(prepared: Prepared): Promise<Posted> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new LedgerUnknown(prepared.posting.key));
      const settle = (outcome: Posted | Error) => (outcome instanceof Error ? reject(outcome) : resolve(outcome));
      (prepared.posting.bulk ? this.#bulk : this.#interactive).push({ prepared, settle });
      this.#running ??= this.#run();
    });
  }

  /** Commits what is queued, then stops. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
    await this.#session?.endSession();
    await this.turns.close();
    await this.writer.close();
  }

  async #run(): Promise<void> {
    let later: Waiting[] = [];
    for (;;) {
      await gathered(); // whoever was just answered, or waits in the same tick, comes along: not one now and the rest with the next
      if (later.length + this.#interactive.length + this.#bulk.length === 0) break;
      const batch = [...later, ...this.#interactive.splice(0, Math.max(0, postingsPerCommit - later.length))];
      batch.push(...this.#bulk.splice(0, Math.min(bulkPerCommit, postingsPerCommit - batch.length)));
      later = await this.#commit(batch);
    }
    this.#running = undefined;
  }

  /** Commits a batch, trying again while that can help. Returns what has to wait for the next commit. */
  async #commit(batch: Waiting[]): Promise<Waiting[]> {
    const startedAt = performance.now();
    for (let attempt = 0; ; attempt++) {
      try {
        const outcomes = await this.#tryOnce(batch);
        commitSeconds.observe((performance.now() - startedAt) / 1_000);
        commitPostings.observe(batch.length);
        for (const [waiting, outcome] of outcomes.done) waiting.settle(outcome);
        return outcomes.later;
      } catch (error) {
        this.#forget();
        const waited = performance.now() - startedAt;
        if (error instanceof IdTaken && markTaken(batch, error)) continue;
        if (isGone(error) || (mayPass(error) && waited > givesUpAfterMs)) return leaveUnknown(batch);
        if (!mayPass(error)) return this.#isolate(batch, error);
        if (waited > waitsForHeadMs) await this.writer.endSilentWriters().catch(tryLater);
        await wait(this.#jitter(attempt));
      }
    }
  }

  /** A write of a posting fails for a reason of its own: the batch is halved until the culprit stands alone. */
  #isolate(batch: Waiting[], error: unknown): Promise<Waiting[]> | Waiting[] {
    if (batch.length === 1) {
      batch[0]?.settle(error instanceof Error ? error : new Error(String(error)));
      return [];
    }
    return this.#inHalves(batch);
  }

  async #inHalves(batch: Waiting[]): Promise<Waiting[]> {
    const middle = Math.ceil(batch.length / 2);
    const first = await this.#commit(batch.slice(0, middle));
    return [...first, ...(await this.#commit(batch.slice(middle)))];
  }

  async #tryOnce(batch: readonly Waiting[]): Promise<Outcomes> {
    await this.turns.take();
    try {
      const session = await this.#openSession();
      session.startTransaction({ readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority', j: true }, readPreference: 'primary' });
      try {
        const { state, outcomes } = await this.#applyBatch(batch, session);
        await session.commitTransaction();
        this.#remember(state);
        return outcomes;
      } catch (error) {
        await session.abortTransaction().catch(tryLater);
        throw error;
      }
    } finally {
      countWrite();
      await this.turns.give();
    }
  }

  async #applyBatch(batch: readonly Waiting[], session: mongo.ClientSession): Promise<{ state: CommitState; outcomes: Outcomes }> {
    const filter = { _id: this.ledger, ledger: this.ledger };
    const head = await heads().findOneAndUpdate(filter, { $inc: { rev: 1 } }, { session, returnDocument: 'after' });
    if (!head) throw new Error(`ledger ${this.ledger} was not opened`);
    if (head.rev !== this.#cacheRev + 1) this.#forget();
    this.#cacheRev = head.rev;

    const last = new Date(head.recordedAt);
    const now = this.clock.now();
    const recordedAt = now > last ? now : new Date(last.getTime() + 1); // never falls as seq rises
    const state = new CommitState(this.ledger, recordedAt.toISOString(), shanghaiDay(recordedAt), head);
    await loadState(
      state,
      batch.map(({ prepared }) => prepared),
      this.#cache,
      session,
    );
    const outcomes = applyBatch(state, batch);
    await saveState(state, { day: shanghaiDay(last), seq: head.seq }, this.random, session);
    return { state, outcomes };
  }

  async #openSession(): Promise<mongo.ClientSession> {
    if (this.#session && !this.#session.hasEnded) return this.#session;
    const session = connection.getClient().startSession();
    await this.writer.announce(session); // first: nobody could end the transaction of a session that is not known
    this.#session = session;
    return session;
  }

  #remember(state: CommitState): void {
    markStored(state);
    for (const pool of state.pools.values()) trimLots(pool);
    for (const account of state.changedAccounts) this.#cache.accounts.set(account.code, account);
    if (this.#cache.accounts.size > cachedAccounts) this.#forget();
  }

  /** What was loaded may be changed in memory by a commit that failed, or be out of date. */
  #forget(): void {
    this.#cache = { accounts: new Map(), pools: new Map() };
    this.#cacheRev = -1;
  }

  #jitter(attempt: number): number {
    const share = (this.random.bytes(1)[0] ?? 0) / 255;
    return share * Math.min(200, 4 * 2 ** Math.min(attempt, 6));
  }
}

/** Applies postings in order until the commit is full; each gets its own answer. */
function applyBatch(state: CommitState, batch: readonly Waiting[]): Outcomes {
  const outcomes: Outcomes = { done: new Map(), later: [] };
  for (const [place, waiting] of batch.entries()) {
    try {
      const posted = applyPosting(state, waiting.prepared);
      if (state.size <= documentsPerCommit) {
        outcomes.done.set(waiting, posted);
        continue;
      }
      state.undo();
      if (place > 0) {
        outcomes.later.push(...batch.slice(place));
        return outcomes;
      }
      outcomes.done.set(waiting, new LedgerRefused('tooLarge', state.seq));
    } catch (error) {
      waiting.prepared.loadAlso ??= new LoadAlso();
      if (error instanceof NotLoaded && waiting.prepared.loadAlso.add(error)) outcomes.later.push(waiting);
      else outcomes.done.set(waiting, error as Error);
    }
  }
  return outcomes;
}

/** The posting whose id was taken will be refused by the next try, and the others not. False when it is none of the batch. */
function markTaken(batch: readonly Waiting[], { key, document }: IdTaken): boolean {
  const culprits = batch.filter(({ prepared }) => prepared.posting.key === key && !prepared.taken);
  for (const { prepared } of culprits) prepared.taken = document;
  return culprits.length > 0;
}

function leaveUnknown(batch: readonly Waiting[]): Waiting[] {
  for (const { prepared, settle } of batch) settle(new LedgerUnknown(prepared.posting.key));
  return [];
}

/** The next try meets the same trouble, and reports it. */
function tryLater(): void {}
