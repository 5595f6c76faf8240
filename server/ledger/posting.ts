import type { LocalDate } from '../kernel/local-date';
import type { DocumentGuard, DocumentWrite } from '../platform/mongo/document-writes';
import type { AccountCode, Kind, PoolCode, Series, Unit } from './chart';

/** Balances, totals and legs stay below this, so that sums of many are exact in a double (DESIGN §4). */
export const amountCeiling = 2 ** 51 - 1;
/** More lots than this in one draw are refused; the caller reserves in pieces. */
export const lotsPerDraw = 200;

/** The business document behind a posting. */
export interface DocumentRef {
  type: string;
  id: string;
}

/** One side of an entry: debit is positive, credit negative, in the unit of the account. */
export interface Leg {
  account: AccountCode;
  amount: number;
}

/** A new lot and what is put into it. Its own leg is made from `amount`; the other side is a leg or a draw of the posting. */
export interface NewLot {
  lot: AccountCode;
  pool: PoolCode;
  amount: number;
  /** Lots of a pool are drawn by this key (text order), ties by the lot's code. */
  order: string;
  /** The last day on which it can be drawn. */
  lastDay?: LocalDate;
  /** What first brought it in: a gift, an award, a delivery. It stays with every part of the lot, wherever drawn to. */
  origin: string;
  /** Book value of the whole lot in fen, for goods. The money legs are the caller's. */
  value?: number;
}

/** Takes an amount out of one pool, or out of several in the given order, first lot first; or out of one named lot. */
export interface Draw {
  from: PoolCode | readonly PoolCode[];
  lot?: AccountCode;
  amount: number | { upTo: number } | 'all';
  /**
   * Into a pool, the parts stay lots with order, last day, unit cost and origin. `lastDay` gives them another one, or none: what the
   * giver has agreed to.
   */
  to: AccountCode | { pool: PoolCode; lastDay?: LocalDate | 'none' };
  /** What `upTo` could not take is booked between these two: a debt. */
  short?: { debit: AccountCode; credit: AccountCode };
  /** Book value of drawn goods moves between these two; the last piece of a lot takes the rest. */
  cost?: { from: AccountCode; to: AccountCode };
  /** Takes the lot although, and only when, its last day is past: how expiry is booked. Needs `lot`. */
  expired?: true;
}

/** Codes that let statements be grouped without a look into other rooms. Never the name of a person. */
export interface Tags {
  village?: string;
  cause?: string;
  purpose?: string;
  /** The surrogate of a household that was helped: public counts are of households, not of payments (TR4). */
  household?: string;
}

/** A grant that must stand before its use: applied if its key is absent, else skipped whatever its body. */
export interface EnsuredPosting {
  key: string;
  kind: Kind;
  source: DocumentRef;
  legs?: readonly Leg[];
  lots?: readonly NewLot[];
}

export interface Posting {
  /** Chosen before the first try and kept for every retry; at most 120 ASCII characters. */
  key: string;
  kind: Kind;
  source: DocumentRef;
  effectiveOn?: LocalDate;
  tags?: Tags;
  ensure?: readonly EnsuredPosting[];
  lots?: readonly NewLot[];
  legs?: readonly Leg[];
  draws?: readonly Draw[];
  /** Key of an entry to take back whole; the key of this posting is then `reversal:<that key>`. */
  reverses?: string;
  /** Days that a lot past its last day lives on when a reversal restores it. */
  graceDays?: number;
  /** Key of an entry that this one corrects in part (refund, claw-back, bank return). */
  corrects?: string;
  guards?: readonly DocumentGuard[];
  numbers?: readonly Series[];
  /** Pure: it may run more than once, and knows drawn lots, numbers and `seq` only from its argument. */
  writes?: (posted: Posted) => readonly DocumentWrite[];
  /** Freezes, opens or closes accounts. A closed account has balance 0 for ever. */
  status?: readonly { account: AccountCode; to: AccountStatus }[];
  /** Closes the books up to and including this day. */
  closesThrough?: LocalDate;
  /** Refused `stale` when an entry was posted after this number: for what sums up the book. */
  asOf?: number;
  /** More of the body for the conflict test, where legs and draws do not say it all. */
  facts?: Readonly<Record<string, string | number>>;
  /** Refused `late` when the commit's clock is past it. */
  notAfter?: Date;
  /** Jobs and imports wait behind people. */
  bulk?: boolean;
}

export type AccountStatus = 'open' | 'frozen' | 'closed';

/** A leg as it stands in the entry. `balanceAfter` is on the account's own side. */
export interface StoredLeg {
  account: AccountCode;
  unit: Unit;
  amount: number;
  balanceAfter: number;
}

/** What one draw took from one lot. */
export interface DrawnLot {
  pool: PoolCode;
  lot: AccountCode;
  origin: string;
  amount: number;
  lastDay?: LocalDate;
  /** Book value in fen that went with it. */
  cost?: number;
  /** The lot it went to, for a draw into a pool. */
  to?: AccountCode;
}

/** The result of a posting, the same at the first answer and at each replay. */
export interface Posted {
  key: string;
  /** Number of the entry, or null for a note. */
  seq: number | null;
  recordedAt: string;
  effectiveOn: LocalDate;
  replayed: boolean;
  legs: readonly StoredLeg[];
  drawn: readonly DrawnLot[];
  /** What `upTo` draws could not take. */
  short: number;
  numbers: Readonly<Record<string, string>>;
}

/** A leg that debits an account. */
export function debit(account: AccountCode, amount: number): Leg {
  return { account, amount };
}

/** A leg that credits an account. */
export function credit(account: AccountCode, amount: number): Leg {
  return { account, amount: -amount };
}
