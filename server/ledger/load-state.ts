import type { mongo } from 'mongoose';
import { yearOf } from '../kernel/local-date';
import type { Account, Pool } from './account-state';
import { countersOf, type Prepared } from './apply-posting';
import { successorCode } from './apply-reversal';
import { type AccountCode, chartEntry, type PoolCode } from './chart';
import { type AccountDocument, accounts, collectionNamed, counters, entries, idOf, nameOf, notes, pools } from './collections';
import { type LotNature, lastDayInto, lotCode, unitCostOf } from './lots';
import { accountsOf, drawnPools, poolsOf, wantedFrom } from './named-by-posting';
import type { Draw, EnsuredPosting, Posting } from './posting';
import type { CommitState } from './state';

/** Accounts and pools as this process left them, good for as long as no other process has committed since. */
export interface StateCache {
  accounts: Map<AccountCode, Account>;
  pools: Map<PoolCode, Pool>;
}

const smallPool = 48;
const lotsPerPage = 64;
const lotsForAll = 201; // one more than a draw may take, so that "too many" can be told

/** Loads all that a batch of postings names, in a handful of queries for the whole batch and none per posting. */
export async function loadState(
  state: CommitState,
  batch: readonly Prepared[],
  cache: StateCache,
  session: mongo.ClientSession,
): Promise<void> {
  const postings: (Posting | EnsuredPosting)[] = batch.flatMap((one) => [...one.ensured.map(({ posting }) => posting), one.posting]);
  const loader = new Loader(state, cache, session);
  await loader.loadKeys(postings);
  await loader.loadAccounts(
    new Set([
      ...postings.flatMap(accountsOf),
      ...batch.flatMap((one) => [...(one.loadAlso?.accounts ?? [])]),
      ...loader.reversedAccounts(postings),
    ]),
  );
  await loader.loadAccounts(new Set(loader.successors(postings)));
  const draws = postings.flatMap((posting) => ('draws' in posting ? (posting.draws ?? []) : []));
  await loader.loadPools(new Set([...postings.flatMap(poolsOf), ...loader.poolsOfAccounts()]));
  await loader.loadLots(draws, furthest(batch));
  await loader.loadAccounts(new Set(draws.flatMap((draw) => loader.targetLots(draw, postings))));
  await loader.loadCounters(postings);
  await loader.loadVersions(postings);
}

/** How far the lots of pools must be read at least, since earlier tries ran out of them. */
function furthest(batch: readonly Prepared[]): Map<PoolCode, string> {
  const keys = new Map<PoolCode, string>();
  for (const { loadAlso } of batch) {
    for (const [pool, key] of loadAlso?.beyond ?? []) if (key > (keys.get(pool) ?? '')) keys.set(pool, key);
  }
  return keys;
}

class Loader {
  constructor(
    readonly state: CommitState,
    readonly cache: StateCache,
    readonly session: mongo.ClientSession,
  ) {}

  async loadKeys(postings: readonly (Posting | EnsuredPosting)[]): Promise<void> {
    const { state, session } = this;
    const keys = new Set(
      postings.flatMap((posting) => ('reverses' in posting && posting.reverses ? [posting.key, posting.reverses] : [posting.key])),
    );
    const filter = { _id: { $in: [...keys].map((key) => idOf(state.ledger, key)) }, ledger: state.ledger };
    for (const entry of await entries().find(filter, { session }).toArray()) state.entries.set(nameOf(entry._id), entry);
    for (const note of await notes().find(filter, { session }).toArray()) state.notes.set(nameOf(note._id), note);
  }

  reversedAccounts(postings: readonly (Posting | EnsuredPosting)[]): AccountCode[] {
    return postings.flatMap((posting) => this.#reversed(posting)?.legs.map((leg) => leg.account) ?? []);
  }

  successors(postings: readonly (Posting | EnsuredPosting)[]): AccountCode[] {
    return postings.flatMap((posting) => {
      const asked = posting as Posting;
      const lots = this.#reversed(posting)?.legs.map((leg) => this.state.accounts.get(leg.account)) ?? [];
      return lots.flatMap((lot) => (lot ? (successorCode(lot, asked.effectiveOn ?? this.state.day, asked.graceDays ?? 0) ?? []) : []));
    });
  }

  #reversed(posting: Posting | EnsuredPosting) {
    return 'reverses' in posting && posting.reverses ? this.state.entries.get(posting.reverses) : undefined;
  }

  async loadAccounts(codes: ReadonlySet<AccountCode>): Promise<void> {
    const { state, cache, session } = this;
    const missing: AccountCode[] = [];
    for (const code of codes) {
      if (state.accounts.has(code)) continue;
      const cached = cache.accounts.get(code);
      state.accounts.set(code, cached ?? null);
      if (!cached) missing.push(code);
    }
    if (missing.length === 0) return;
    const filter = { _id: { $in: missing.map((code) => idOf(state.ledger, code)) }, ledger: state.ledger };
    for (const document of await accounts().find(filter, { session }).toArray()) this.#keep(document);
  }

  /** One object per account, whichever query brought it. */
  #keep(document: AccountDocument): Account {
    const code = nameOf(document._id);
    const known = this.state.accounts.get(code) ?? this.cache.accounts.get(code);
    const account = known ?? accountFrom(code, document);
    this.state.accounts.set(code, account);
    this.cache.accounts.set(code, account);
    return account;
  }

  poolsOfAccounts(): PoolCode[] {
    return [...this.state.accounts.values()].flatMap((account) => account?.pool ?? []);
  }

  async loadPools(codes: ReadonlySet<PoolCode>): Promise<void> {
    const { state, cache, session } = this;
    const missing = [...codes].filter((code) => !cache.pools.has(code));
    const filter = { _id: { $in: missing.map((code) => idOf(state.ledger, code)) }, ledger: state.ledger };
    const found = missing.length > 0 ? await pools().find(filter, { session }).toArray() : [];
    const byCode = new Map(found.map((document) => [nameOf(document._id), document]));
    for (const code of codes) {
      const document = byCode.get(code);
      const { unit, side } = chartEntry(code);
      const pool = cache.pools.get(code) ?? {
        code,
        unit,
        side,
        total: document?.total ?? 0,
        open: document?.open ?? 0,
        stored: document !== undefined,
        lots: [],
        loadedTo: document?.open ? '' : 'all',
      };
      state.pools.set(code, pool);
      cache.pools.set(code, pool);
    }
  }

  /** Loads the lots that draws can reach: small pools whole and together, large ones page by page until the batch is covered. */
  async loadLots(draws: readonly Draw[], beyond: ReadonlyMap<PoolCode, string>): Promise<void> {
    const wanted = new Map<PoolCode, number>();
    for (const draw of draws) for (const code of drawnPools(draw)) wanted.set(code, (wanted.get(code) ?? 0) + wantedFrom(draw));
    const unread = [...wanted.keys()].map((code) => this.state.pool(code)).filter((pool) => pool.loadedTo !== 'all');
    const small = unread.filter((pool) => pool.open <= smallPool && pool.loadedTo === '');
    if (small.length > 0) await this.#loadSmallPools(small);
    for (const pool of unread.filter((one) => !small.includes(one))) {
      const furthest = beyond.get(pool.code) ?? '';
      while (pool.loadedTo !== 'all' && !this.#covers(pool, wanted.get(pool.code) ?? 0, furthest)) await this.#loadPage(pool);
    }
  }

  async #loadSmallPools(small: readonly Pool[]): Promise<void> {
    const { state, session } = this;
    const filter = { ledger: state.ledger, pool: { $in: small.map((pool) => pool.code) }, open: true as const };
    const documents = await accounts()
      .find(filter, { session, sort: { pool: 1, order: 1 } })
      .toArray();
    const lots = documents.map((document) => this.#keep(document));
    for (const pool of small) {
      pool.lots = lots.filter((lot) => lot.pool === pool.code);
      pool.loadedTo = 'all';
    }
  }

  async #loadPage(pool: Pool): Promise<void> {
    const { state, session } = this;
    const filter = { ledger: state.ledger, pool: pool.code, open: true as const, order: { $gt: pool.loadedTo } };
    const documents = await accounts()
      .find(filter, { session, sort: { order: 1 }, limit: lotsPerPage })
      .toArray();
    pool.lots = [...pool.lots, ...documents.map((document) => this.#keep(document))];
    pool.loadedTo = documents.length < lotsPerPage ? 'all' : (documents.at(-1)?.order ?? 'all');
  }

  /** Enough for most batches; a draw that still runs out waits for the next commit, which reads further. */
  #covers(pool: Pool, wanted: number, beyond: string): boolean {
    if (pool.loadedTo <= beyond) return false;
    const usable = pool.lots.filter((lot) => !lot.lastDay || lot.lastDay >= this.state.day);
    return usable.length >= lotsForAll * 2 || usable.reduce((sum, lot) => sum + lot.balance, 0) >= wanted;
  }

  /** The lots that a draw into a pool may fill: one for each lot that it may take from. */
  targetLots(draw: Draw, postings: readonly (Posting | EnsuredPosting)[]): AccountCode[] {
    if (typeof draw.to === 'string') return [];
    const { to } = draw;
    const target = to.pool;
    const named = draw.lot ? this.state.accounts.get(draw.lot) : undefined;
    const from = new Set(drawnPools(draw));
    const loaded = named ? [named] : [...from].flatMap((code) => this.state.pool(code).lots);
    const fresh = postings.flatMap((posting) => (posting.lots ?? []).filter((lot) => from.has(lot.pool) || lot.lot === draw.lot));
    const made = fresh.map((lot): LotNature => ({ origin: lot.origin, lastDay: lot.lastDay, unitCost: unitCostOf(lot) }));
    const codes = [...loaded, ...made].map((lot) => lotCode(target, { ...lot, lastDay: lastDayInto(to, lot.lastDay) }));
    if (this.state.pools.get(target)?.stored) return codes;
    for (const code of codes) if (!this.state.accounts.has(code)) this.state.accounts.set(code, null); // a new pool has no lots yet
    return [];
  }

  async loadCounters(postings: readonly (Posting | EnsuredPosting)[]): Promise<void> {
    const { state, session } = this;
    const names = new Set(postings.flatMap((posting) => countersOf(posting as Posting, yearOf(state.day))));
    if (names.size === 0) return;
    for (const name of names) state.counters.set(name, 0);
    const filter = { _id: { $in: [...names].map((name) => idOf(state.ledger, name)) }, ledger: state.ledger };
    for (const counter of await counters().find(filter, { session }).toArray()) state.counters.set(nameOf(counter._id), counter.last);
  }

  async loadVersions(postings: readonly (Posting | EnsuredPosting)[]): Promise<void> {
    const { state, session } = this;
    const byCollection = new Map<string, Set<string>>();
    for (const posting of postings) {
      for (const guard of (posting as Posting).guards ?? []) {
        byCollection.set(guard.in, (byCollection.get(guard.in) ?? new Set()).add(guard.id));
      }
    }
    for (const [collection, ids] of byCollection) {
      for (const id of ids) state.versions.set(`${collection}/${id}`, 'absent');
      const found = collectionNamed<{ _id: string; ledger: string; version: number }>(collection);
      const rows = found.find({ _id: { $in: [...ids] }, ledger: state.ledger }, { session, projection: { version: 1 } });
      for (const row of await rows.toArray()) state.versions.set(`${collection}/${row._id}`, row.version);
    }
  }
}

function accountFrom(code: AccountCode, document: AccountDocument): Account {
  const { unit, side, status, balance, pool, order, lastDay, origin, unitCost } = document;
  return {
    code,
    unit,
    side,
    floor: document.floor ?? 'none',
    status,
    balance,
    value: document.value ?? 0,
    stored: true,
    ...(pool ? { pool } : {}),
    ...(order ? { order } : {}),
    ...(lastDay ? { lastDay } : {}),
    ...(origin ? { origin } : {}),
    ...(unitCost === undefined ? {} : { unitCost }),
  };
}
