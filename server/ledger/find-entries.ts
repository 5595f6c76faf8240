import type { Context } from '../kernel/context';
import { fail, invariant } from '../kernel/errors';
import { addDays, type LocalDate, shanghaiDay } from '../kernel/local-date';
import { type AccountCode, chartEntry } from './chart';
import { days, type EntryDocument, entries, heads, idOf, nameOf } from './collections';
import { balanceAt } from './find-accounts';
import type { DocumentRef, DrawnLot, StoredLeg, Tags } from './posting';

/** An entry as people read it. */
export interface EntryView {
  seq: number;
  key: string;
  kind: string;
  effectiveOn: LocalDate;
  recordedAt: string;
  actor: string;
  source: DocumentRef;
  tags: Tags;
  legs: readonly StoredLeg[];
  drawn: readonly DrawnLot[];
  numbers: Readonly<Record<string, string>>;
  reverses?: string;
  corrects?: string;
}

/** The entry with this number, or 404. */
export async function findEntryOrThrow(ctx: Context, seq: number): Promise<EntryView> {
  return viewOf((await entries().findOne({ ledger: ctx.ledger, seq })) ?? fail('not-found'));
}

/** The entry that bears this key, if it has been posted. */
export async function findEntryByKey(ctx: Context, key: string): Promise<EntryView | undefined> {
  const found = await entries().findOne({ _id: idOf(ctx.ledger, key), ledger: ctx.ledger });
  return found ? viewOf(found) : undefined;
}

/** The entry that took this one back, if any. */
export async function findReversalOf(ctx: Context, key: string): Promise<EntryView | undefined> {
  const found = await entries().findOne({ ledger: ctx.ledger, reverses: key });
  return found ? viewOf(found) : undefined;
}

export interface EntryFilter {
  /** Entries up to this number only, newest first: the cursor of the next page. */
  upTo?: number;
  from?: LocalDate;
  to?: LocalDate;
  kind?: string;
}

/** Entries newest first. Days are days of recording: by them numbers and days agree. */
export async function findEntries(ctx: Context, filter: EntryFilter, limit: number): Promise<EntryView[]> {
  const range = await seqRange(ctx, filter);
  const kind = filter.kind ? { kind: filter.kind } : {};
  const found = await entries()
    .find({ ledger: ctx.ledger, seq: range, ...kind }, { sort: { seq: -1 }, limit })
    .toArray();
  return found.map(viewOf);
}

/** One line of an account's statement. `change` and `balanceAfter` are on the account's own side. */
export interface StatementLine extends EntryView {
  change: number;
  balanceAfter: number;
}

/** The lines of an account, newest first. */
export async function findStatementLines(ctx: Context, code: AccountCode, filter: EntryFilter, limit: number): Promise<StatementLine[]> {
  const range = await seqRange(ctx, filter);
  const kind = filter.kind ? { kind: filter.kind } : {};
  const found = await entries()
    .find({ ledger: ctx.ledger, 'legs.account': code, seq: range, ...kind }, { sort: { seq: -1 }, limit })
    .toArray();
  return found.map((entry) => lineOf(entry, code));
}

/** What an account had at the start of a period, what came in and went out, and what it had at the end; on its own side. */
export interface PeriodSums {
  opening: number;
  in: number;
  out: number;
  closing: number;
  lines: number;
}

/** Sums of an account over days of recording. Opening + in − out = closing, by the stored balances and by the legs alike. */
export async function sumPeriod(ctx: Context, code: AccountCode, filter: Pick<EntryFilter, 'from' | 'to'>): Promise<PeriodSums> {
  const range = await seqRange(ctx, { ...filter, upTo: (await bookStands(ctx)).seq }); // what is booked from now on is in no figure
  const side = chartEntry(code).side === 'debit' ? 1 : -1;
  const [sums] = await entries()
    .aggregate<{ in: number; out: number; lines: number }>([
      { $match: { ledger: ctx.ledger, 'legs.account': code, seq: range } },
      { $unwind: '$legs' },
      { $match: { 'legs.account': code } },
      { $set: { change: { $multiply: ['$legs.amount', side] } } },
      {
        $group: {
          _id: null,
          in: { $sum: { $max: ['$change', 0] } },
          out: { $sum: { $max: [{ $multiply: ['$change', -1] }, 0] } },
          lines: { $sum: 1 },
        },
      },
    ])
    .toArray();
  const opening = range.$gt > 0 ? await balanceAt(ctx, code, range.$gt) : 0;
  const closing = await balanceAt(ctx, code, range.$lte);
  return { opening, in: sums?.in ?? 0, out: sums?.out ?? 0, closing, lines: sums?.lines ?? 0 };
}

/** The number of the last entry recorded up to and including a day; 0 before the first. */
export async function lastSeqOf(ctx: Context, day: LocalDate): Promise<number> {
  const head = await heads().findOne({ _id: ctx.ledger, ledger: ctx.ledger });
  if (!head || day >= shanghaiDay(new Date(head.recordedAt))) return head?.seq ?? 0;
  const closed = await days().findOne(
    { _id: { $gte: idOf(ctx.ledger, ''), $lte: idOf(ctx.ledger, day) }, ledger: ctx.ledger },
    { sort: { _id: -1 } },
  );
  return closed?.lastSeq ?? 0;
}

/**
 * The lines of an account that belong to these days by their `effectiveOn`, the first recorded first: what a back-dated entry of today
 * moves on an earlier day is among them.
 */
export async function findLinesOfDays(
  ctx: Context,
  code: AccountCode,
  { from, to }: { from: LocalDate; to: LocalDate },
  limit: number,
): Promise<StatementLine[]> {
  const after = await lastSeqOf(ctx, addDays(from, -1)); // an entry is of the day it is recorded on, or of an earlier one
  const found = await entries()
    .find(
      { ledger: ctx.ledger, 'legs.account': code, seq: { $gt: after }, effectiveOn: { $gte: from, $lte: to } },
      { sort: { seq: 1 }, limit },
    )
    .toArray();
  return found.map((entry) => lineOf(entry, code));
}

/** The number of the last entry of all, and the first day that is not closed; undefined while no day is. */
export async function bookStands(ctx: Pick<Context, 'ledger'>): Promise<{ seq: number; openFrom: LocalDate | undefined }> {
  const head = await heads().findOne({ _id: ctx.ledger, ledger: ctx.ledger });
  return { seq: head?.seq ?? 0, openFrom: head?.openFrom };
}

async function seqRange(ctx: Context, filter: EntryFilter): Promise<{ $gt: number; $lte: number }> {
  const first = filter.from ? await lastSeqOf(ctx, addDays(filter.from, -1)) : 0;
  const last = filter.to ? await lastSeqOf(ctx, filter.to) : Number.MAX_SAFE_INTEGER;
  return { $gt: first, $lte: Math.min(last, filter.upTo ?? Number.MAX_SAFE_INTEGER) };
}

export function viewOf(entry: EntryDocument): EntryView {
  const { _id, seq, kind, effectiveOn, recordedAt, actor, source, legs, reverses, corrects } = entry;
  return {
    seq,
    key: nameOf(_id),
    kind,
    effectiveOn,
    recordedAt,
    actor,
    source,
    tags: entry.tags ?? {},
    legs,
    drawn: entry.drawn ?? [],
    numbers: entry.numbers ?? {},
    ...(reverses ? { reverses } : {}),
    ...(corrects ? { corrects } : {}),
  };
}

function lineOf(entry: EntryDocument, code: AccountCode): StatementLine {
  const leg = entry.legs.find((one) => one.account === code);
  invariant(leg, 'statement.leg-of-account', { seq: entry.seq });
  const change = chartEntry(code).side === 'debit' ? leg.amount : -leg.amount;
  return { ...viewOf(entry), change, balanceAfter: leg.balanceAfter };
}
