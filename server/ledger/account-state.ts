import type { LocalDate } from '../kernel/local-date';
import type { AccountCode, PoolCode, Side, Unit } from './chart';
import type { AccountStatus } from './posting';

/** An account as the commit sees it. A lot has `pool`, `order` and `origin`. */
export interface Account {
  readonly code: AccountCode;
  readonly unit: Unit;
  readonly side: Side;
  readonly floor: 0 | 'none';
  readonly pool?: PoolCode;
  readonly order?: string;
  readonly lastDay?: LocalDate;
  readonly origin?: string;
  readonly unitCost?: number;
  status: AccountStatus;
  balance: number;
  value: number;
  stored: boolean;
}

/** A pool as the commit sees it; `lots` are those that a draw may take from, in order, as many as the batch can ask for. */
export interface Pool {
  readonly code: PoolCode;
  readonly unit: Unit;
  readonly side: Side;
  total: number;
  open: number;
  stored: boolean;
  lots: readonly Account[];
  /** All open lots are in `lots`; else those up to this order key. */
  loadedTo: string | 'all';
}

/** A posting needs what the commit could not know before: it goes with the next commit, which loads that too. */
export class NotLoaded extends Error {
  constructor(
    readonly accounts: readonly AccountCode[],
    /** A pool whose lots up to this order key did not reach. */
    readonly more?: { pool: PoolCode; beyond: string },
  ) {
    super('not loaded by this commit');
    this.name = 'NotLoaded';
  }
}

/** What an earlier try of a posting found missing. */
export class LoadAlso {
  readonly accounts = new Set<AccountCode>();
  /** Pools whose lots must be read further than this order key. */
  readonly beyond = new Map<PoolCode, string>();

  /** False when that was asked for before, which would go on for ever. */
  add({ accounts, more }: NotLoaded): boolean {
    const isNew =
      accounts.some((code) => !this.accounts.has(code)) || (more !== undefined && more.beyond > (this.beyond.get(more.pool) ?? ''));
    for (const code of accounts) this.accounts.add(code);
    if (more) this.beyond.set(more.pool, more.beyond);
    return isNew;
  }
}

const lotsKept = 1000;

/** The lots with one more, in order. Past the loaded part of a pool it is left out: this batch cannot reach so far. */
export function withLot(lots: readonly Account[], lot: Account, loadedTo: string): readonly Account[] {
  const key = lot.order ?? '';
  if (loadedTo !== 'all' && key > loadedTo) return lots;
  const place = lots.findIndex((other) => (other.order ?? '') > key);
  return place < 0 ? [...lots, lot] : [...lots.slice(0, place), lot, ...lots.slice(place)];
}

/** Forgets the lots of a large pool that come late in its order; a draw that reaches so far reads them again. */
export function trimLots(pool: Pool): void {
  if (pool.lots.length <= lotsKept) return;
  pool.lots = pool.lots.slice(0, lotsKept);
  pool.loadedTo = pool.lots.at(-1)?.order ?? '';
}
