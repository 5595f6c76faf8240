import { restriction } from '../../funds';
import { type LocalDate, localDate } from '../../kernel/local-date';
import { type AccountCode, classNameOf, type LotTrace, type LotUse } from '../../ledger';
import { gift as giftLot } from '../donations.accounts';
import { givenGoods, goodsGift } from '../goods/goods.accounts';
import { kindOf, type UseKind } from '../trace-gift';

export interface Period {
  from: LocalDate;
  to: LocalDate;
}

/** A gift as a statement takes it: its sum, the day on which it came, and what the ledger knows of its lot. */
export interface StatedGift {
  number: string;
  amountFen: number;
  receivedOn: LocalDate;
  trace: LotTrace;
}

/** What moved of a gift in a period: opening + came − paid − back − fees = closing, which is set apart or left. */
export interface StatementSums {
  opening: number;
  came: number;
  /** What families and shelves got of it. */
  paid: number;
  /** What went back to the payer, by refund or dispute. */
  back: number;
  fees: number;
  closing: number;
  /** Of the closing: approved and not paid yet, on its way back, held for the payer's bank, or waiting for a roster. */
  apart: number;
  /** Of the closing: for nobody yet. */
  left: number;
}

export const sumNames = ['opening', 'came', 'paid', 'back', 'fees', 'closing', 'apart', 'left'] as const satisfies (keyof StatementSums)[];

const endOfTime = localDate('2199-12-31');

const columnOf: Readonly<Record<UseKind, 'paid' | 'back' | 'fees' | undefined>> = {
  aid: 'paid',
  goods: 'paid',
  other: 'paid',
  refund: 'back',
  chargeback: 'back',
  fee: 'fees',
  held: undefined,
  apart: undefined,
};

/**
 * The row of one gift. Days are the days that the entries bear (`effectiveOn`), and for the gift the day on which its money came: what the
 * pages of gifts and receipts say, too. A payment taken back later counts with a minus on the day on which it was taken back.
 */
export function statementRow({ amountFen, receivedOn, trace }: StatedGift, { from, to }: Period): StatementSums {
  const sums: StatementSums = { opening: 0, came: 0, paid: 0, back: 0, fees: 0, closing: 0, apart: 0, left: 0 };
  if (receivedOn > to) return sums;
  sums.opening = receivedOn < from ? amountFen : 0;
  sums.came = amountFen - sums.opening;
  for (const use of trace.uses) {
    const { effectiveOn } = use.entry;
    if (effectiveOn > to) continue;
    if (use.into === undefined) {
      const column = columnOf[useKindOf(use, trace.uses)];
      if (effectiveOn < from) sums.opening -= use.amount;
      else if (column) sums[column] += use.amount;
    }
    if (!isFreeLot(use.lot)) sums.apart -= use.amount;
    if (use.into !== undefined && !isFreeLot(use.into)) sums.apart += use.amount;
  }
  sums.closing = sums.opening + sums.came - sums.paid - sums.back - sums.fees;
  sums.left = sums.closing - sums.apart;
  return sums;
}

/** Whether the ledger's own balances say the same of a gift today as all its movements together, to the fen. */
export function agreesWithLedger(gift: StatedGift): boolean {
  const { apart, left } = statementRow(gift, { from: gift.receivedOn, to: endOfTime });
  let [heldApart, heldFree] = [0, 0];
  for (const [lot, balance] of gift.trace.held) {
    if (isFreeLot(lot)) heldFree += balance;
    else heldApart += balance;
  }
  return apart === heldApart && left === heldFree;
}

/** Whether anything is to be said of a gift in the period. */
export function hasFigures(sums: StatementSums): boolean {
  return sumNames.some((name) => sums[name] !== 0);
}

export function totalOf(rows: readonly StatementSums[]): StatementSums {
  const total = { opening: 0, came: 0, paid: 0, back: 0, fees: 0, closing: 0, apart: 0, left: 0 };
  for (const row of rows) for (const name of sumNames) total[name] += row[name];
  return total;
}

/** A payment that gifts made in a period, as their giver may see it: village and sum, never a cause (TR4). */
export interface PaidUse {
  kind: 'aid' | 'goods' | 'other';
  seq: number;
  on: LocalDate;
  village?: string;
  amountFen: number;
}

/** The payments of a gift that stand at the end of the period; one taken back within it does not. */
export function paidUses({ trace }: Pick<StatedGift, 'trace'>, { from, to }: Period): PaidUse[] {
  const within = trace.uses.filter(({ entry }) => entry.effectiveOn >= from && entry.effectiveOn <= to);
  return within.flatMap((use): PaidUse[] => {
    const kind = useKindOf(use, trace.uses);
    if (use.into !== undefined || columnOf[kind] !== 'paid') return [];
    const village = villageOf(use, trace.uses);
    const { seq, effectiveOn: on } = use.entry;
    return [{ kind: kind as PaidUse['kind'], seq, on, ...(village && { village }), amountFen: use.amount }];
  });
}

/** What money that left for good became; one that was taken back bears the kind of what it takes back. */
function useKindOf({ entry }: LotUse, uses: readonly LotUse[]): UseKind {
  const reversed = entry.reverses && uses.find((use) => use.entry.key === entry.reverses)?.entry;
  return kindOf((reversed || entry).kind);
}

const freeClasses = [giftLot, goodsGift, restriction, givenGoods].map(({ className }) => className);

/** Whether what lies there is for nobody yet: the gift's own lot, or one that a change of purpose or a return has brought it to. */
function isFreeLot(lot: AccountCode): boolean {
  return freeClasses.includes(classNameOf(lot));
}

/** The village stands on the entry itself, or on one by which the money came to where it was drawn from. */
function villageOf({ entry, lot }: Pick<LotUse, 'entry' | 'lot'>, uses: readonly LotUse[]): string | undefined {
  if (entry.tags.village) return entry.tags.village;
  const before = uses.filter((use) => use.into === lot && use.entry.seq < entry.seq).at(-1);
  return before && villageOf(before, uses);
}
