import { hostname } from 'node:os';
import type { Clock } from '../kernel/clock';
import type { Context } from '../kernel/context';
import { AppError, invariant } from '../kernel/errors';
import { type Random, randomId } from '../kernel/random';
import type { Redis } from '../platform/redis/connection';
import type { Prepared } from './apply-posting';
import { bodyHash } from './body-hash';
import type { Kind } from './chart';
import { heads, prepareCollections } from './collections';
import { Committer } from './committer';
import type { Posted, Posting } from './posting';
import { LedgerUnknown } from './refusal';
import { noTurns, turnsByRedis } from './turns';
import { Writer } from './writers';

const open = new Map<string, Committer>();
const keyShape = /^[\x21-\x7e]{1,120}$/;
const answersAfterDeadlineMs = 2000;

/**
 * Opens the books of a county in this process: makes collections and indexes, and the head if the ledger is new. `redis` only lets
 * several processes take turns; without it they still are correct.
 */
export async function openLedger(options: { ledger: string; clock: Clock; random: Random; redis?: Redis }): Promise<void> {
  const { ledger, clock, random, redis } = options;
  invariant(/^[a-z0-9-]{1,20}$/.test(ledger), 'ledger.plain-name');
  invariant(!open.has(ledger), 'ledger.opened-once');
  await prepareCollections();
  const head = { ledger, rev: 0, seq: 0, recordedAt: new Date(0).toISOString() };
  await heads().updateOne({ _id: ledger, ledger }, { $setOnInsert: head }, { upsert: true }).catch(ignoreDuplicate);
  const writer = new Writer(ledger, randomId(random, `${hostname()}-${process.pid}`));
  open.set(ledger, new Committer(ledger, clock, random, redis ? turnsByRedis(redis, ledger) : noTurns, writer));
}

/** Another process opened the new ledger at the same moment. */
function ignoreDuplicate(error: unknown): void {
  const duplicateKey = 11_000;
  if ((error as { code?: number }).code !== duplicateKey) throw error;
}

/** Commits what is queued and closes the books in this process. */
export async function closeLedger(ledger: string): Promise<void> {
  const committer = open.get(ledger);
  open.delete(ledger);
  await committer?.close();
}

/**
 * Posts an entry, or a note when nothing moves, together with the documents it writes: all or nothing, once per key.
 * Resolves when it is durable on a majority. Rejects with LedgerRefused (nothing happened; the key stays free), LedgerConflict (the key
 * was used with another body) or LedgerUnknown (once or not at all: repeat with the same key).
 */
export async function post(ctx: Context, posting: Posting): Promise<Posted> {
  const committer = open.get(ctx.ledger);
  invariant(committer, 'ledger.open', { ledger: ctx.ledger });
  assertMayPost(ctx, posting.kind);
  const prepared = prepare(ctx, posting);
  const { notAfter } = prepared.posting;
  const outcome = committer.post(prepared);
  if (!notAfter) return outcome;
  const left = Math.max(0, notAfter.getTime() - ctx.clock.now().getTime()); // past it, the commit still says late, or what was posted before
  return withDeadline(outcome, left + answersAfterDeadlineMs, posting.key);
}

function prepare(ctx: Context, posting: Posting): Prepared {
  const keys = [posting.reverses ?? posting.key, ...(posting.ensure ?? []).map((one) => one.key)];
  for (const key of keys) invariant(keyShape.test(key), 'posting.key-shape', { kind: posting.kind.name });
  invariant(!posting.reverses || posting.key === reversalKey(posting.reverses), 'posting.reversal-key');
  return {
    posting: ctx.notAfter && !posting.notAfter ? { ...posting, notAfter: ctx.notAfter } : posting,
    actor: ctx.actor.id,
    bodyHash: bodyHash(posting),
    ensured: (posting.ensure ?? []).map((one) => ({ posting: one, bodyHash: bodyHash(one) })),
  };
}

/** The key of the entry that takes another back: what has the longest key can be taken back, too. */
function reversalKey(key: string): string {
  return `reversal:${key}`;
}

/** The last line of defence: acts have already looked at the actor's reach and role. */
function assertMayPost(ctx: Context, kind: Kind): void {
  const { actor } = ctx;
  const may = actor.kind === 'person' ? actor.grants.some((grant) => kind.by.has(grant.role)) : kind.by.has(actor.kind);
  if (!may) throw new AppError('access.denied', { kind: kind.name });
}

async function withDeadline(outcome: Promise<Posted>, milliseconds: number, key: string): Promise<Posted> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new LedgerUnknown(key)), milliseconds);
  });
  try {
    return await Promise.race([outcome, late]);
  } finally {
    clearTimeout(timer);
  }
}
