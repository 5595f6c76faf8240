import { connection, type mongo } from 'mongoose';
import type { Context } from '../kernel/context';
import type { LocalDate } from '../kernel/local-date';
import type { AccountCode } from './chart';
import { type AccountDocument, accounts, type EntryDocument, entries, nameOf } from './collections';
import { type AccountView, accountViewOf } from './find-accounts';
import type { Tags } from './posting';

/** What one entry did with the money of one origin. */
export interface OriginUse {
  seq: number;
  kind: string;
  on: LocalDate;
  tags: Tags;
  /** Of this origin. */
  amount: number;
  /** Of all origins that the entry drew from. */
  whole: number;
}

/** What became of all that one origin (a gift, an income) brought in: what left the pools for good, and where the rest lies. */
export interface OriginTrace {
  /** In the order of the entries; those that were taken back are left out. Their amounts and the lots' balances are what came in. */
  gone: readonly OriginUse[];
  lots: readonly AccountView[];
}

type Session = mongo.ClientSession;
type Drawn = Pick<EntryDocument, '_id' | 'seq' | 'kind' | 'effectiveOn' | 'tags' | 'drawn'>;
const ofDrawn = { seq: 1, kind: 1, effectiveOn: 1, tags: 1, 'drawn.origin': 1, 'drawn.to': 1, 'drawn.amount': 1 } as const;

/**
 * Follows origins through all pools, at one moment of the book: each part of a lot bears its origin wherever it is drawn to, so two
 * look-ups by index find all of it, however many lots it went through.
 */
export async function traceOrigins(ctx: Context, origins: readonly string[]): Promise<Map<string, OriginTrace>> {
  const session = connection.getClient().startSession({ snapshot: true }); // else what is paid in between would be in both, or in none
  try {
    const lots = await lotsOf(ctx, origins, session);
    const left = await standing(ctx, await leavingEntries(ctx, origins, session), session);
    const gone = new Map(origins.map((origin): [string, OriginUse[]] => [origin, []]));
    for (const entry of left) for (const [origin, use] of usesBy(entry, undefined)) gone.get(origin)?.push(use);
    return new Map(origins.map((origin) => [origin, { gone: gone.get(origin) ?? [], lots: lots.filter((lot) => lot.origin === origin) }]));
  } finally {
    await session.endSession();
  }
}

/** The open lots that hold something of an origin, first its own. For showing, or with exact amounts for a draw that may be refused. */
export async function findLotsOfOrigin(ctx: Pick<Context, 'ledger'>, origin: string): Promise<AccountView[]> {
  return lotsOf(ctx, [origin]);
}

/** By which entry the lots of an origin were last filled, by account code. */
export async function lastFills(ctx: Context, origin: string, codes: readonly AccountCode[]): Promise<Map<AccountCode, OriginUse>> {
  if (codes.length === 0) return new Map();
  const found = await entries()
    .find<Drawn>(drawnOf(ctx, { origin, to: { $in: [...codes] } }), { projection: ofDrawn })
    .toArray();
  const fills = new Map<AccountCode, OriginUse>();
  for (const entry of found.sort((a, b) => a.seq - b.seq)) {
    for (const code of new Set((entry.drawn ?? []).map(({ to }) => to))) {
      const use = code === undefined ? undefined : usesBy(entry, code).get(origin);
      if (code !== undefined && use) fills.set(code, use);
    }
  }
  return fills;
}

async function lotsOf({ ledger }: Pick<Context, 'ledger'>, origins: readonly string[], session?: Session): Promise<AccountView[]> {
  const found = await accounts()
    .find<AccountDocument>(
      { ledger, origin: { $in: [...origins] }, open: true as const },
      { sort: { _id: 1 }, ...(session && { session }) },
    )
    .toArray();
  return found.map(accountViewOf);
}

async function leavingEntries(ctx: Context, origins: readonly string[], session: Session): Promise<Drawn[]> {
  const filter = drawnOf(ctx, { origin: { $in: [...origins] }, to: null });
  const found = await entries().find<Drawn>(filter, { projection: ofDrawn, session }).toArray();
  return found.sort((a, b) => a.seq - b.seq);
}

/** `$exists` for the planner: it takes the partial index only when the filter says so much. */
function drawnOf({ ledger }: Context, drawn: Record<string, unknown>): mongo.Filter<EntryDocument> {
  return { ledger, drawn: { $exists: true, $elemMatch: drawn } };
}

/** Without the entries that were reversed: what they took is back where it was. */
async function standing(ctx: Context, found: Drawn[], session: Session): Promise<Drawn[]> {
  if (found.length === 0) return found;
  const keys = found.map(({ _id }) => nameOf(_id));
  const reversals = await entries()
    .find({ ledger: ctx.ledger, reverses: { $in: keys } }, { projection: { _id: 0, reverses: 1 }, session })
    .toArray();
  const reversed = new Set(reversals.map(({ reverses }) => reverses));
  return found.filter(({ _id }) => !reversed.has(nameOf(_id)));
}

/** What an entry drew into a lot's pool, or out of all pools, by origin. */
function usesBy({ seq, kind, effectiveOn, tags, drawn = [] }: Drawn, to: AccountCode | undefined): Map<string, OriginUse> {
  const together = drawn.filter((one) => (to === undefined ? one.to === undefined : one.to !== undefined));
  const whole = together.reduce((sum, { amount }) => sum + amount, 0);
  const amounts = new Map<string, number>();
  for (const one of together) if (one.to === to) amounts.set(one.origin, (amounts.get(one.origin) ?? 0) + one.amount);
  return new Map([...amounts].map(([origin, amount]) => [origin, { seq, kind, on: effectiveOn, tags: tags ?? {}, amount, whole }]));
}
