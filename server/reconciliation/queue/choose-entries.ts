import { addDays, type LocalDate } from '../../kernel/local-date';
import type { Fen } from '../../kernel/money';

/** An entry of the charity's account that no line of a statement is yet. */
export interface OpenEntry {
  key: string;
  seq: number;
  day: LocalDate;
  /** What came in is positive. */
  change: number;
  kind: string;
  source: { type: string; id: string };
  /** Of a payment to a family: whose account, and in which batch. */
  payee?: { accountHash: string; accountTail: string; batch: string };
}

interface Line {
  day: LocalDate;
  amountFen: Fen;
  accountHash: string | undefined;
  /** Batch numbers in the remark. */
  batches: readonly string[];
}

/** How long before and after the bank's day an entry of the same money may be booked: answers of the bank are read in later. */
export const windowDays = { before: 10, after: 45 };

export type EntriesVerdict = { do: 'match'; entries: OpenEntry[] } | { do: 'leave'; hint?: { code: 'several-entries' } };

/**
 * The entries that a line is: the one of the same sum in the days around it (several to the same bank account are taken oldest first), or
 * all payments of the batch that it names. A gift is found by its serial number only: two givers give the same round sum.
 */
export function chooseEntries(line: Line, open: readonly OpenEntry[]): EntriesVerdict {
  const near = open.filter((entry) => isNear(line.day, entry.day));
  const same = near.filter(({ change, kind }) => change === line.amountFen && kind !== 'gift.received');
  const toAccount = same.filter(({ payee }) => payee && line.accountHash !== undefined && payee.accountHash === line.accountHash);
  const [first] = [...toAccount].sort(oldest);
  if (first) return { do: 'match', entries: [first] };
  const [batch, ...more] = line.batches;
  if (batch && more.length === 0) {
    const ofBatch = near.filter(({ payee }) => payee?.batch === batch);
    const total = ofBatch.reduce((sum, { change }) => sum + change, 0);
    if (ofBatch.length > 0 && total === line.amountFen) return { do: 'match', entries: ofBatch };
  }
  const others = same.filter(({ payee }) => !payee || line.accountHash === undefined); // a payment to another account is another one
  const [only] = others;
  if (!only) return { do: 'leave' };
  return others.length === 1 ? { do: 'match', entries: [only] } : { do: 'leave', hint: { code: 'several-entries' } };
}

/** The same for somebody who chooses: every entry that could be it, and the nearest days first. */
export function entriesToOffer(line: Pick<Line, 'day' | 'amountFen'>, open: readonly OpenEntry[]): OpenEntry[] {
  const distance = ({ day }: OpenEntry) => Math.abs(Date.parse(day) - Date.parse(line.day));
  return open
    .filter(({ change, day }) => change === line.amountFen && isNear(line.day, day))
    .sort((a, b) => distance(a) - distance(b) || a.seq - b.seq);
}

function isNear(bankDay: LocalDate, day: LocalDate): boolean {
  return day >= addDays(bankDay, -windowDays.before) && day <= addDays(bankDay, windowDays.after);
}

function oldest(a: OpenEntry, b: OpenEntry): number {
  return a.seq - b.seq;
}
