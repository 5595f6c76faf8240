import { invariant } from '../kernel/errors';
import { addDays, yearOf } from '../kernel/local-date';
import type { LoadAlso } from './account-state';
import { applyDraw, fillNewLot } from './apply-draw';
import { applyReversal } from './apply-reversal';
import { type EntryDocument, idOf, type NoteDocument } from './collections';
import { Moves } from './moves';
import type { EnsuredPosting, Posted, Posting } from './posting';
import { LedgerConflict, LedgerRefused } from './refusal';
import type { CommitState } from './state';

/** A posting on its way through the commit. */
export interface Prepared {
  posting: Posting;
  actor: string;
  bodyHash: string;
  ensured: readonly { posting: EnsuredPosting; bodyHash: string }[];
  loadAlso?: LoadAlso;
  /** A foreign write was found to have taken this id. */
  taken?: { collection: string; id: string };
}

/**
 * Applies one posting to the state in memory, or throws why not and leaves the state as it was. `asOf` of a refusal is the number of
 * the last entry before it.
 */
export function applyPosting(state: CommitState, prepared: Prepared): Posted {
  const { posting, actor } = prepared;
  state.begin();
  const known = state.entries.get(posting.key) ?? state.notes.get(posting.key);
  if (known) return replayOf(posting.key, known, prepared.bodyHash);
  try {
    if (prepared.taken) throw new LedgerRefused('exists', state.asOf, prepared.taken);
    assertInTime(state, posting);
    assertGuards(state, posting);
    for (const grant of prepared.ensured) {
      const granted = state.entries.has(grant.posting.key) || state.notes.has(grant.posting.key);
      if (!granted) enter(state, grant.posting, actor, grant.bodyHash);
    }
    const posted = enter(state, posting, actor, prepared.bodyHash);
    for (const write of posting.writes?.(posted) ?? []) state.write(write, posting.key);
    return posted;
  } catch (error) {
    state.undo();
    throw error;
  }
}

/** The first result again, or a conflict when the body differs. */
function replayOf(key: string, known: EntryDocument | NoteDocument, bodyHash: string): Posted {
  if (known.bodyHash !== bodyHash) throw new LedgerConflict(key);
  return resultOf(key, known, true);
}

/** The result of a posting as its entry or note tells it. */
function resultOf(key: string, document: EntryDocument | NoteDocument, replayed: boolean): Posted {
  const entry: Partial<EntryDocument> = 'seq' in document ? document : {};
  return {
    key,
    seq: entry.seq ?? null,
    recordedAt: document.recordedAt,
    effectiveOn: document.effectiveOn,
    replayed,
    legs: entry.legs ?? [],
    drawn: entry.drawn ?? [],
    short: document.short ?? 0,
    numbers: document.numbers ?? {},
  };
}

function assertInTime(state: CommitState, posting: Posting): void {
  if (posting.notAfter && posting.notAfter.toISOString() < state.recordedAt) throw new LedgerRefused('late', state.asOf);
  if (posting.asOf !== undefined && posting.asOf !== state.asOf) throw new LedgerRefused('stale', state.asOf);
  const day = posting.effectiveOn ?? state.day;
  const backdated = day < state.day && !posting.kind.backdated;
  const closed = state.openFrom !== undefined && day < state.openFrom;
  if (day > state.day || backdated || closed) throw new LedgerRefused('closedDay', state.asOf, { day });
}

function assertGuards(state: CommitState, posting: Posting): void {
  for (const guard of posting.guards ?? []) {
    const version = state.versions.get(`${guard.in}/${guard.id}`);
    invariant(version !== undefined, 'commit.guard-loaded', { collection: guard.in });
    if (version === guard.is) continue;
    throw new LedgerRefused(guard.is === 'absent' ? 'exists' : 'stale', state.asOf, { collection: guard.in, id: guard.id });
  }
}

/** Makes the entry, or the note when nothing moves. */
function enter(state: CommitState, posting: EnsuredPosting | Posting, actor: string, bodyHash: string): Posted {
  const asked = posting as Posting;
  const moves = new Moves(state, posting.kind, asked.effectiveOn ?? state.day);
  applyStatus(moves, asked, 'before');
  for (const lot of asked.lots ?? []) fillNewLot(moves, lot);
  for (const leg of asked.legs ?? []) {
    invariant(leg.amount !== 0, 'posting.leg-of-zero', { kind: posting.kind.name });
    moves.move(leg.account, leg.amount);
  }
  for (const draw of asked.draws ?? []) applyDraw(moves, draw);
  if (asked.reverses) applyReversal(moves, asked.reverses, asked.graceDays ?? 0);
  const legs = moves.settle();
  applyStatus(moves, asked, 'after');
  if (asked.closesThrough) state.closeBefore(addDays(asked.closesThrough, 1));

  const numbers = allotNumbers(state, asked);
  const note: NoteDocument = {
    _id: idOf(state.ledger, posting.key),
    ledger: state.ledger,
    kind: posting.kind.name,
    effectiveOn: moves.day,
    recordedAt: state.recordedAt,
    actor,
    source: { type: posting.source.type, id: posting.source.id },
    ...(moves.short > 0 ? { short: moves.short } : {}),
    ...(numbers ? { numbers } : {}),
    bodyHash,
  };
  if (legs.length === 0) {
    assertMeantAsNote(asked, moves);
    state.addNote(posting.key, note);
    return resultOf(posting.key, note, false);
  }
  const entry: EntryDocument = {
    ...note,
    seq: state.seq + 1,
    legs,
    ...(asked.tags ? { tags: asked.tags } : {}),
    ...(moves.drawn.length > 0 ? { drawn: moves.drawn } : {}),
    ...(moves.filled.length > 0 ? { filled: moves.filled } : {}),
    ...(asked.reverses ? { reverses: asked.reverses } : {}),
    ...(asked.corrects ? { corrects: asked.corrects } : {}),
  };
  state.addEntry(posting.key, entry);
  return resultOf(posting.key, entry, false);
}

/** Zero legs are a fault of ours; only a draw of what is left may find nothing left. */
function assertMeantAsNote(posting: Posting, { drawn }: Moves): void {
  const mayBeEmpty = drawn.length === 0 && (posting.draws ?? []).every((draw) => typeof draw.amount !== 'number');
  invariant(mayBeEmpty && !posting.legs?.length && !posting.lots?.length && !posting.reverses, 'posting.not-empty', {
    kind: posting.kind.name,
  });
}

function applyStatus(moves: Moves, posting: Posting, when: 'before' | 'after'): void {
  for (const change of posting.status ?? []) {
    if ((change.to === 'open') !== (when === 'before')) continue;
    const account = moves.state.account(change.account);
    if (!account) moves.refuse('noAccount', { account: change.account });
    if (account.status === 'closed') moves.refuse('frozen', { account: account.code });
    if (change.to === 'closed' && account.balance !== 0) {
      moves.refuse('floor', { account: account.code, available: account.balance, asked: 0 });
    }
    moves.state.setStatus(account, change.to);
  }
}

function allotNumbers(state: CommitState, posting: Posting): Record<string, string> | undefined {
  if (!posting.numbers?.length) return undefined;
  const numbers: Record<string, string> = {};
  for (const series of posting.numbers) {
    const year = series.yearly ? `${yearOf(state.day)}-` : '';
    const next = state.nextNumber(`${series.name}:${year}`);
    numbers[series.name] = `${series.prefix}-${year}${String(next).padStart(series.digits, '0')}`;
  }
  return numbers;
}

/** The counters that a posting needs loaded. */
export function countersOf(posting: Posting, year: number): string[] {
  return (posting.numbers ?? []).map((series) => `${series.name}:${series.yearly ? `${year}-` : ''}`);
}
