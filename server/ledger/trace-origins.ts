import type { mongo } from 'mongoose';
import type { Context } from '../kernel/context';
import type { LocalDate } from '../kernel/local-date';
import type { AccountCode } from './chart';
import { type AccountDocument, accounts, type EntryDocument, entries, nameOf } from './collections';
import { type AccountView, accountViewOf } from './find-accounts';
import { atOneMoment } from './one-moment';
import type { Tags } from './posting';

/** What one entry took of an origin's money out of all pools. */
interface OriginUse {
  seq: number;
  kind: string;
  amount: number;
  cause?: string;
  household?: string;
}

/** The same as a line on a page. `whole` is what the entry drew of all origins together. */
export interface OriginLine {
  seq: number;
  on: LocalDate;
  tags: Tags;
  whole: number;
}

/** What became of all that one origin (a gift, an income) brought in: what left the pools for good, and where the rest lies. */
export interface OriginTrace {
  /** In the order of the entries; those that were taken back are left out. Their amounts and the lots' balances are what came in. */
  gone: readonly OriginUse[];
  lots: readonly AccountView[];
}

type Session = mongo.ClientSession;
type Drawn = Pick<EntryDocument, 'seq' | 'effectiveOn' | 'tags' | 'drawn'>;
const ofDrawn = { _id: 0, seq: 1, effectiveOn: 1, tags: 1, 'drawn.to': 1, 'drawn.amount': 1 } as const;

/**
 * Follows origins through all pools, at one moment of the book: each part of a lot bears its origin wherever it is drawn to, so two
 * look-ups by index find all of it, however many lots it went through.
 */
export async function traceOrigins(ctx: Context, origins: readonly string[]): Promise<Map<string, OriginTrace>> {
  return atOneMoment(ctx, async ({ session }) => {
    const lots = await lotsOf(ctx, origins, session);
    const gone = await goneOf(ctx, origins, session);
    const ofOne = (origin: string): OriginTrace => ({ gone: gone.get(origin) ?? [], lots: lots.filter((lot) => lot.origin === origin) });
    return new Map(origins.map((origin) => [origin, ofOne(origin)]));
  });
}

/** The open lots that hold something of an origin, first its own. For showing, or with exact amounts for a draw that may be refused. */
export async function findLotsOfOrigin(ctx: Pick<Context, 'ledger'>, origin: string): Promise<AccountView[]> {
  return lotsOf(ctx, [origin]);
}

/** By which entry each of these lots of an origin was last filled, by account code. */
export async function lastFills(ctx: Context, origin: string, codes: readonly AccountCode[]): Promise<Map<AccountCode, OriginLine>> {
  if (codes.length === 0) return new Map();
  const found = await entries()
    .find<Drawn>(drawnOf(ctx, { origin, to: { $in: [...codes] } }), { projection: ofDrawn })
    .toArray();
  const fills = new Map<AccountCode, OriginLine>();
  for (const entry of found.sort((a, b) => a.seq - b.seq)) {
    const into = (entry.drawn ?? []).filter(({ to }) => to !== undefined);
    for (const { to = '' } of into) fills.set(to, lineOf(entry, into));
  }
  return fills;
}

/** Uses as lines of a page, by the number of the entry. */
export async function linesOfUses(ctx: Context, seqs: readonly number[]): Promise<Map<number, OriginLine>> {
  if (seqs.length === 0) return new Map();
  const found = await entries()
    .find<Drawn>({ ledger: ctx.ledger, seq: { $in: [...seqs] } }, { projection: ofDrawn })
    .toArray();
  return new Map(
    found.map((entry) => [
      entry.seq,
      lineOf(
        entry,
        (entry.drawn ?? []).filter(({ to }) => to === undefined),
      ),
    ]),
  );
}

function lineOf({ seq, effectiveOn, tags }: Drawn, together: readonly { amount: number }[]): OriginLine {
  return { seq, on: effectiveOn, tags: tags ?? {}, whole: together.reduce((sum, { amount }) => sum + amount, 0) };
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

/** `$exists` for the planner: it takes the partial index only when the filter says so much. */
function drawnOf({ ledger }: Context, drawn: Record<string, unknown>): mongo.Filter<EntryDocument> {
  return { ledger, drawn: { $exists: true, $elemMatch: drawn } };
}

/** Some of the uses of an origin, column by column: thousands of small documents would take the driver longer than the database. */
interface Packed {
  _id: { origin: string };
  ids: string[];
  seqs: number[];
  kinds: string[];
  amounts: number[];
  causes: (string | null)[];
  households: (string | null)[];
}

const packs = 32; // so that no pack outgrows a document

async function goneOf(ctx: Context, origins: readonly string[], session: Session): Promise<Map<string, OriginUse[]>> {
  const found = await entries()
    .aggregate<Packed>(
      [
        { $match: drawnOf(ctx, { origin: { $in: [...origins] }, to: null }) },
        { $unwind: '$drawn' },
        { $match: { 'drawn.origin': { $in: [...origins] }, 'drawn.to': null } },
        {
          $group: {
            _id: { origin: '$drawn.origin', pack: { $mod: ['$seq', packs] } },
            ids: { $push: '$_id' },
            seqs: { $push: '$seq' },
            kinds: { $push: '$kind' },
            amounts: { $push: '$drawn.amount' },
            causes: { $push: { $ifNull: ['$tags.cause', null] } },
            households: { $push: { $ifNull: ['$tags.household', null] } },
          },
        },
      ],
      { session },
    )
    .toArray();
  const reversed = await reversedOf(ctx, new Set(found.flatMap(({ ids }) => ids)), session);
  const gone = new Map<string, OriginUse[]>();
  for (const pack of found) gone.set(pack._id.origin, [...(gone.get(pack._id.origin) ?? []), ...unpacked(pack, reversed)]);
  return new Map([...gone].map(([origin, uses]) => [origin, oneForEachEntry(uses)]));
}

/** The entries whose reversal stands: what they took is back where it was. */
async function reversedOf(ctx: Context, ids: ReadonlySet<string>, session: Session): Promise<Set<string>> {
  if (ids.size === 0) return new Set();
  const reversals = await entries()
    .find({ ledger: ctx.ledger, reverses: { $in: [...ids].map(nameOf) } }, { projection: { _id: 0, reverses: 1 }, session })
    .toArray();
  return new Set(reversals.map(({ reverses = '' }) => reverses));
}

function unpacked({ ids, seqs, kinds, amounts, causes, households }: Packed, reversed: ReadonlySet<string>): OriginUse[] {
  return ids.flatMap((id, place): OriginUse[] => {
    if (reversed.has(nameOf(id))) return [];
    const [cause, household] = [causes[place], households[place]];
    const use = { seq: seqs[place] ?? 0, kind: kinds[place] ?? '', amount: amounts[place] ?? 0 };
    return [{ ...use, ...(cause && { cause }), ...(household && { household }) }];
  });
}

/** In the order of the book. A gift in two lots, one of them after a change of purpose, may pay one family from both. */
function oneForEachEntry(uses: readonly OriginUse[]): OriginUse[] {
  const bySeq = new Map<number, OriginUse>();
  for (const use of uses) bySeq.set(use.seq, { ...use, amount: use.amount + (bySeq.get(use.seq)?.amount ?? 0) });
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}
