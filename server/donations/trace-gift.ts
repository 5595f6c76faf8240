import { restriction } from '../funds';
import type { LocalDate } from '../kernel/local-date';
import { type AccountCode, classNameOf, type EntryView, type LotTrace, type LotUse } from '../ledger';
import { gift as giftLot } from './donations.accounts';

/** What a part of a gift became: aid that a family has, goods on a shelf, money on its way to a family, money given back, fees. */
export type UseKind = 'aid' | 'goods' | 'held' | 'refund' | 'fee' | 'other';

/** One use of a gift, as the donor and the public may see it: village, month and sum, never a cause (TR4), never who. */
export interface GiftUse {
  kind: UseKind;
  /** The entry that says so, for staff. */
  seq: number;
  on: LocalDate;
  village?: string;
  amountFen: number;
  /** What this gift had left after it. */
  leftFen: number;
  /** On its way back to the payer, or held for the payer's bank: set apart, and for no family. */
  apart?: 'refund' | 'dispute';
  /** How much of the whole payment came from this gift, in percent rounded down; 100 when all. */
  sharePct: number;
}

/** Where a gift went, to the fen: the six sums add up to what came in (I4). */
export interface GiftTrace {
  sums: Readonly<Record<UseKind | 'left', number>>;
  uses: readonly GiftUse[];
}

const kindOfEntry: Readonly<Record<string, UseKind>> = {
  'payment.paid': 'aid',
  'goods.bought': 'goods',
  'gift.refunded': 'refund',
  'gift.disputed': 'refund',
  'gift.feePaid': 'fee',
  'operating.paidFee': 'fee',
};

/** What money that left for good became; one that was taken back bears the kind of what it takes back. */
export function useKindOf({ entry }: LotUse, uses: readonly LotUse[]): UseKind {
  const reversed = entry.reverses && uses.find((use) => use.entry.key === entry.reverses)?.entry;
  return kindOfEntry[(reversed || entry).kind] ?? 'other';
}

/** Whether what lies there is for nobody yet: the gift's own lot, or one that a change of purpose or a return has brought it to. */
export function isFreeLot(lot: AccountCode): boolean {
  return [giftLot.className, restriction.className].includes(classNameOf(lot));
}

const apartBy: Readonly<Record<string, 'refund' | 'dispute'>> = { refund: 'refund', disputed: 'dispute' };

/** Turns what the ledger knows of a gift's lot into the gift's way: what left for good, what lies reserved, what is left. */
export function traceGift(amountFen: number, { uses, held }: LotTrace): GiftTrace {
  const gone = withoutReversed(uses.filter(({ into }) => into === undefined)).map((use) => goneUse(use, uses));
  const waiting = [...held].filter(([lot, balance]) => balance > 0 && !isFreeLot(lot)).map(([lot, balance]) => heldUse(lot, balance, uses));

  let leftFen = amountFen;
  const inOrder = [...sortedByDay(gone), ...sortedByDay(waiting)].map((use): GiftUse => {
    leftFen -= use.amountFen;
    return { ...use, leftFen };
  });
  const sums = { aid: 0, goods: 0, held: 0, refund: 0, fee: 0, other: 0, left: 0 };
  for (const { kind, amountFen: part } of inOrder) sums[kind] += part;
  for (const [lot, balance] of held) if (isFreeLot(lot)) sums.left += balance;
  return { sums, uses: inOrder };
}

type UseSoFar = Omit<GiftUse, 'leftFen'>;

function goneUse({ entry, lot, amount }: LotUse, uses: readonly LotUse[]): UseSoFar {
  const whole = entry.drawn.reduce((sum, drawn) => (drawn.to ? sum : sum + drawn.amount), 0);
  return {
    kind: kindOfEntry[entry.kind] ?? 'other',
    ...facts(entry, villageOf({ entry, lot }, uses)),
    amountFen: amount,
    ...share(amount, whole),
  };
}

/** Money that waits in a case or on its way to the bank: shown by the entry that first set it aside. */
function heldUse(lot: AccountCode, balance: number, uses: readonly LotUse[]): UseSoFar {
  const last = uses.filter(({ into, amount }) => into === lot && amount > 0).at(-1);
  if (!last) return { kind: 'other', seq: 0, on: '' as LocalDate, amountFen: balance, sharePct: 100 };
  const whole = last.entry.drawn.reduce((sum, drawn) => sum + drawn.amount, 0);
  const apart = apartBy[classNameOf(lot)];
  return {
    kind: 'held',
    ...facts(last.entry, villageOf(last, uses)),
    ...(apart && { apart }),
    amountFen: balance,
    ...share(balance, whole),
  };
}

function facts(entry: EntryView, village: string | undefined) {
  return { seq: entry.seq, on: entry.effectiveOn, ...(village && { village }) };
}

/** The village stands on the entry itself, or on one by which the money came to where it was drawn from. */
export function villageOf({ entry, lot }: Pick<LotUse, 'entry' | 'lot'>, uses: readonly LotUse[]): string | undefined {
  if (entry.tags.village) return entry.tags.village;
  const before = uses.filter((use) => use.into === lot && use.entry.seq < entry.seq).at(-1);
  return before && villageOf(before, uses);
}

function share(part: number, whole: number): { sharePct: number } {
  return { sharePct: whole > 0 ? Math.floor((part * 100) / whole) : 100 };
}

/** A use that was taken back is no use; its reversal bears the same amount with a minus. */
function withoutReversed(uses: readonly LotUse[]): LotUse[] {
  const reversed = new Set(uses.flatMap(({ entry }) => (entry.reverses ? [entry.reverses] : [])));
  return uses.filter(({ entry }) => !entry.reverses && !reversed.has(entry.key));
}

function sortedByDay(uses: readonly UseSoFar[]): UseSoFar[] {
  return [...uses].sort((a, b) => (a.on === b.on ? a.seq - b.seq : a.on < b.on ? -1 : 1));
}
