import { daysBetween, type LocalDate } from '../../kernel/local-date';

/** What was promised for one day. */
export interface PromisedPart {
  rank: number;
  dueOn: LocalDate;
  amountFen: number;
  inKind?: { quantity: number } | undefined;
}

/** Money that has come on a pledge, less what went back; `rank` where it is for one instalment. */
export interface GivenPart {
  fen: number;
  rank?: number | undefined;
}

/** How much of an instalment in kind was kept, in its unit. */
export interface KeptPart {
  rank: number;
  quantity: number;
}

/** An instalment with what has come on it. */
export interface InstalmentAccount extends PromisedPart {
  receivedFen: number;
  openFen: number;
  /** The same in the unit of what was promised in kind; 0 for money. */
  keptQuantity: number;
  openQuantity: number;
  /** Days past its day with something open; 0 when it is not. */
  daysLate: number;
}

/** How a pledge stands: computed from the gifts, never kept beside them. */
export interface PledgeAccount {
  rows: InstalmentAccount[];
  receivedFen: number;
  openFen: number;
  /** What came beyond the whole promise: a gift like any other. */
  overFen: number;
}

/**
 * Lays the money that came over the instalments: first on the instalment it names, what is beyond that and what names none on the earliest
 * that is open. Early and partial payments, and such as are too large, need no rule of their own so. What is in kind fulfils only its own
 * instalment, in its own unit.
 */
export function accountOfPledge(
  parts: readonly PromisedPart[],
  given: readonly GivenPart[],
  today: LocalDate,
  kept: readonly KeptPart[] = [],
): PledgeAccount {
  const byDay = [...parts].sort((a, b) => (a.dueOn === b.dueOn ? a.rank - b.rank : a.dueOn < b.dueOn ? -1 : 1));
  const received = new Map(byDay.map(({ rank }) => [rank, 0]));
  let rest = 0;
  for (const { fen, rank } of given) rest += fen - lay(byDay, received, rank === undefined ? 0 : fen, rank);
  for (const { rank } of byDay) rest -= lay(byDay, received, rest, rank);
  const rows = byDay.map((part) => rowOf(part, received.get(part.rank) ?? 0, quantityKept(kept, part.rank), today));
  const sum = (of: (row: InstalmentAccount) => number) => rows.reduce((total, row) => total + of(row), 0);
  return { rows, receivedFen: given.reduce((total, { fen }) => total + fen, 0), openFen: sum(({ openFen }) => openFen), overFen: rest };
}

/** Puts as much on an instalment as it still lacks; answers how much that was. */
function lay(parts: readonly PromisedPart[], received: Map<number, number>, fen: number, rank: number | undefined): number {
  const part = parts.find((one) => one.rank === rank);
  if (!part) return 0;
  const before = received.get(part.rank) ?? 0;
  const laid = Math.min(fen, part.amountFen - before);
  received.set(part.rank, before + laid);
  return laid;
}

/** How much of an instalment in kind was kept. */
export function quantityKept(kept: readonly KeptPart[], rank: number): number {
  return kept.reduce((total, part) => total + (part.rank === rank ? part.quantity : 0), 0);
}

function rowOf(part: PromisedPart, receivedFen: number, keptQuantity: number, today: LocalDate): InstalmentAccount {
  const open = { openFen: part.amountFen - receivedFen, openQuantity: Math.max(0, (part.inKind?.quantity ?? 0) - keptQuantity) };
  const daysLate = isOpenRow(open) && part.dueOn < today ? daysBetween(part.dueOn, today) : 0;
  return { ...part, receivedFen, keptQuantity, ...open, daysLate };
}

/** Whether something of an instalment is still to come, of whatever kind it is. */
export function isOpenRow({ openFen, openQuantity }: Pick<InstalmentAccount, 'openFen' | 'openQuantity'>): boolean {
  return openFen > 0 || openQuantity > 0;
}

/** The state that follows from the gifts and from what was kept in kind: breached once an instalment is later than the days that the county allows, until it has come. */
export function stateFromAccount({ rows, receivedFen }: PledgeAccount, breachDays: number): 'promised' | 'part' | 'fulfilled' | 'breached' {
  if (!rows.some(isOpenRow)) return 'fulfilled';
  if (rows.some(({ daysLate }) => daysLate > breachDays)) return 'breached';
  return receivedFen > 0 || rows.some(({ keptQuantity }) => keptQuantity > 0) ? 'part' : 'promised';
}

/** What a giver is told of an instalment on a day, once each: that it is coming, that it is late. */
export function reminderDue(
  row: Pick<InstalmentAccount, 'dueOn' | 'openFen' | 'openQuantity' | 'daysLate'>,
  today: LocalDate,
  { before, after }: { before: number; after: number },
): 'before' | 'after' | undefined {
  if (!isOpenRow(row)) return undefined;
  if (row.daysLate >= after && row.daysLate > 0) return 'after';
  return row.dueOn >= today && daysBetween(today, row.dueOn) <= before ? 'before' : undefined;
}
