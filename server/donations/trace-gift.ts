import type { LocalDate } from '../kernel/local-date';
import { type AccountCode, type AccountView, classNameOf, type OriginLine, type OriginTrace, type PoolCode } from '../ledger';
import { isLeft } from './free-of-gift';

/** What a part of a gift became; `held` is on its way to a family, `apart` waits for the payer or the payer's bank. */
export type UseKind = 'aid' | 'goods' | 'held' | 'apart' | 'refund' | 'chargeback' | 'fee' | 'other';

/** To the fen: they add up to what came in (I4). */
export type GiftSums = Readonly<Record<UseKind | 'left', number>>;

/** One use of a gift. */
export interface GiftUse {
  kind: UseKind;
  /** The entry that says so, for staff, and the place in the list. */
  seq: number;
  amountFen: number;
  /** What this gift had left after it. */
  leftFen: number;
  /** On its way back to the payer, held for the payer's bank, or waiting for the members' purposes: set apart, and for no family. */
  apart?: 'refund' | 'dispute' | 'roster';
}

/** The same as the donor and the public may see it: village, month and sum, never a cause (TR4), never who. */
export interface ShownUse extends GiftUse {
  on: LocalDate;
  village?: string;
  /** How much of the whole payment came from this gift, in percent rounded down; 100 when all. */
  sharePct: number;
}

/** A family that money of a gift has reached, for totals only. */
export interface Helped {
  household: string;
  cause: string;
}

export interface GiftTrace {
  sums: GiftSums;
  /** What has left, in the order of the book, then what is reserved or set apart. */
  uses: readonly GiftUse[];
  /** Payments to families, the first first; one from before entries named the household is not among them. */
  helped: readonly Helped[];
}

const kindOfEntry: Readonly<Record<string, UseKind>> = {
  'payment.paid': 'aid',
  'goods.bought': 'goods',
  'goods.shelved': 'goods',
  'gift.refunded': 'refund',
  'gift.disputed': 'chargeback',
  'gift.feePaid': 'fee',
  'operating.paidFee': 'fee',
};

const apartIn: Readonly<Record<string, NonNullable<GiftUse['apart']>>> = { refund: 'refund', disputed: 'dispute', roster: 'roster' };

/** What is for somebody already and still here, as statements call it, too: reserved for families, or waiting for the payer or his bank. */
export function setApartOf({ held, apart }: GiftSums): number {
  return held + apart;
}

/** The sums alone, for lists. */
export function sumGift({ gone, lots }: OriginTrace): GiftSums {
  const sums = { aid: 0, goods: 0, held: 0, apart: 0, refund: 0, chargeback: 0, fee: 0, other: 0, left: 0 };
  for (const { kind, amount } of gone) sums[kindOf(kind)] += amount;
  for (const { pool, balance } of lots) sums[isLeft(pool) ? 'left' : waitingKind(pool)] += balance;
  return sums;
}

/** Turns what the ledger knows of a gift's origin into the gift's way. `fills` are the entries that last filled each lot that waits. */
export function traceGift(amountFen: number, trace: OriginTrace, fills: ReadonlyMap<AccountCode, OriginLine>): GiftTrace {
  const gone = trace.gone.map(({ seq, kind, amount }) => ({ kind: kindOf(kind), seq, amountFen: amount }));
  let leftFen = amountFen;
  const uses = [...gone, ...waitingUses(trace.lots, fills)].map((use): GiftUse => {
    leftFen -= use.amountFen;
    return { ...use, leftFen };
  });
  const helped = trace.gone.flatMap(({ kind, household, cause }) =>
    kindOf(kind) === 'aid' && household && cause ? [{ household, cause }] : [],
  );
  return { sums: sumGift(trace), uses, helped };
}

/** What an entry that takes money out of all pools makes of it. */
export function kindOf(kind: string): UseKind {
  return kindOfEntry[kind] ?? 'other';
}

function waitingKind(pool: PoolCode | undefined): 'held' | 'apart' {
  return apartIn[classNameOf(pool ?? '')] ? 'apart' : 'held';
}

/** Lots of one pool together: parts of one gift may have different last days, and are one family's all the same. */
function waitingUses(lots: readonly AccountView[], fills: ReadonlyMap<AccountCode, OriginLine>): Omit<GiftUse, 'leftFen'>[] {
  const byPool = new Map<PoolCode, Omit<GiftUse, 'leftFen'>>();
  for (const { code, pool, balance } of lots) {
    const fill = fills.get(code);
    if (!pool || !fill) continue;
    const before = byPool.get(pool);
    const apart = apartIn[classNameOf(pool)];
    byPool.set(pool, {
      kind: waitingKind(pool),
      seq: Math.max(fill.seq, before?.seq ?? 0),
      amountFen: balance + (before?.amountFen ?? 0),
      ...(apart && { apart }),
    });
  }
  return [...byPool.values()].sort((a, b) => a.seq - b.seq);
}

/** A use with what its entry says of it. */
export function shownUse(use: GiftUse, { on, tags: { village }, whole }: OriginLine): ShownUse {
  const sharePct = whole > 0 ? Math.min(100, Math.floor((use.amountFen * 100) / whole)) : 100;
  return { ...use, on, ...(village && { village }), sharePct };
}
