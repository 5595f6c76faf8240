import type { LocalDate } from '../../kernel/local-date';
import { type AccountCode, classNameOf, type EntryView, type TrialRow } from '../../ledger';
import { type CodeRow, codeOf } from './account-codes';

const money = 'CNY';

/** One side of an entry as the accountant posts it. */
interface JournalLine {
  seq: number;
  day: LocalDate;
  recordedAt: string;
  kind: string;
  document: string;
  account: AccountCode;
  code: string;
  name: string;
  debit: number;
  credit: number;
}

/** What a class of accounts had, what moved, and what it has; debit is positive. */
export interface ClassSums {
  className: string;
  codes: string[];
  opening: number;
  debit: number;
  credit: number;
  closing: number;
  /** The closing by the trial balance, reckoned apart from this journal. */
  trial: number;
}

export interface Journal {
  lines: JournalLine[];
  sums: ClassSums[];
  /** Classes that moved and have no code: with one of them there is no export. */
  missing: string[];
  debit: number;
  credit: number;
  /** Whether both sides are equal and each class closes as the trial balance says. */
  agrees: boolean;
}

/** The journal of some entries, the first recorded first; points and pieces are no part of it. */
export function buildJournal(
  entries: readonly EntryView[],
  rows: readonly CodeRow[],
  before: readonly TrialRow[],
  after: readonly TrialRow[],
): Journal {
  const lines = entries.flatMap((entry) =>
    entry.legs
      .filter(({ unit }) => unit === money)
      .sort((one, other) => Number(other.amount > 0) - Number(one.amount > 0)) // debits first, as accountants write
      .map(({ account, amount }) => lineOf(entry, account, amount, rows)),
  );
  const [opening, trial] = [balances(before), balances(after)];
  const classes = new Set([...opening.keys(), ...trial.keys(), ...lines.map(({ account }) => classNameOf(account))]);
  const sums = [...classes].sort().map((className): ClassSums => {
    const own = lines.filter(({ account }) => classNameOf(account) === className);
    const [debit, credit] = [total(own, 'debit'), total(own, 'credit')];
    const start = opening.get(className) ?? 0;
    const codes = [...new Set(own.map(({ code }) => code))].filter(Boolean);
    return { className, codes, opening: start, debit, credit, closing: start + debit - credit, trial: trial.get(className) ?? 0 };
  });
  const [debit, credit] = [total(lines, 'debit'), total(lines, 'credit')];
  return {
    lines,
    sums,
    missing: [...new Set(lines.filter(({ code }) => code === '').map(({ account }) => classNameOf(account)))].sort(),
    debit,
    credit,
    agrees: debit === credit && sums.every(({ closing, trial: said }) => closing === said),
  };
}

function lineOf(
  { seq, effectiveOn: day, recordedAt, kind, source }: EntryView,
  account: AccountCode,
  amount: number,
  rows: readonly CodeRow[],
) {
  const { code = '', name = '' } = codeOf(account, rows) ?? {};
  const document = `${source.type}/${source.id}`;
  return { seq, day, recordedAt, kind, document, account, code, name, debit: Math.max(0, amount), credit: Math.max(0, -amount) };
}

function balances(rows: readonly TrialRow[]): Map<string, number> {
  return new Map(rows.filter(({ unit }) => unit === money).map(({ className, debit, credit }) => [className, debit - credit]));
}

function total(lines: readonly JournalLine[], side: 'debit' | 'credit'): number {
  return lines.reduce((sum, line) => sum + line[side], 0);
}
