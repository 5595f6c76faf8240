import type { Context } from '../kernel/context';
import { addDays, type LocalDate } from '../kernel/local-date';
import type { PoolCode } from './chart';
import { entries } from './collections';
import { type EntryFilter, lastSeqOf } from './find-entries';
import type { DocumentRef } from './posting';

/** What entries of one kind brought to the lots of a pool and took from them; `stem` is the lots' code without its last part. */
export interface PoolSums {
  pool: PoolCode;
  kind: string;
  stem: string;
  in: number;
  out: number;
  lines: number;
}

type Period = Pick<EntryFilter, 'from' | 'to' | 'upTo'>;

/**
 * Sums over days of recording of all that moved in pools, by pool, kind of entry and kind of lot, from the legs alone. `lots` are the
 * classes of accounts that are lots of the wanted pools.
 */
export async function sumPoolsBy(ctx: Context, lots: readonly string[], period: Period): Promise<PoolSums[]> {
  const rows = await entries()
    .aggregate<{ _id: { pool: PoolCode; kind: string; stem: string }; in: number; out: number; lines: number }>([
      ...(await legsOfLots(ctx, lots, period)),
      {
        $group: {
          _id: { account: '$legs.account', kind: '$kind' },
          in: { $sum: { $max: ['$change', 0] } },
          out: { $sum: { $max: [{ $multiply: ['$change', -1] }, 0] } },
          lines: { $sum: 1 },
        },
      },
      ...withPool(ctx, '$_id.account'),
      {
        $group: {
          _id: { pool: '$pool', kind: '$_id.kind', stem: stemOf('$_id.account') },
          in: { $sum: '$in' },
          out: { $sum: '$out' },
          lines: { $sum: '$lines' },
        },
      },
    ])
    .toArray();
  return rows.map(({ _id, ...sums }) => ({ ..._id, ...sums }));
}

/** An entry as one line of a sum of {@link sumPoolsBy}. */
export interface PoolLine {
  seq: number;
  kind: string;
  effectiveOn: LocalDate;
  recordedAt: string;
  source: DocumentRef;
  change: number;
}

/** The entries behind such a sum, newest first: each with what it changed in the chosen pools. */
export async function findPoolLines(
  ctx: Context,
  lots: readonly string[],
  wanted: Period & { kinds?: readonly string[]; pools?: readonly PoolCode[]; stem?: string },
  limit: number,
): Promise<PoolLine[]> {
  const { kinds, pools, stem } = wanted;
  const chosen = {
    ...(pools && { pool: { $in: [...pools] } }),
    ...(stem !== undefined && { stem }),
  };
  const rows = await entries()
    .aggregate<Omit<PoolLine, 'seq'> & { _id: number }>([
      ...(await legsOfLots(ctx, lots, wanted, { ...(kinds && { kind: { $in: [...kinds] } }) })),
      ...withPool(ctx, '$legs.account'),
      { $set: { stem: stemOf('$legs.account') } },
      { $match: chosen },
      {
        $group: {
          _id: '$seq',
          kind: { $first: '$kind' },
          effectiveOn: { $first: '$effectiveOn' },
          recordedAt: { $first: '$recordedAt' },
          source: { $first: '$source' },
          change: { $sum: '$change' },
        },
      },
      { $sort: { _id: -1 } },
      { $limit: limit },
    ])
    .toArray();
  return rows.map(({ _id, ...line }) => ({ seq: _id, ...line }));
}

/**
 * What each entry of some kinds changed in each pool: for counting, where a family with money of three gifts counts once. Thousands a year,
 * so for pages that are read now and then.
 */
export async function changesByEntry(
  ctx: Context,
  lots: readonly string[],
  { kinds, ...period }: Period & { kinds: readonly string[] },
): Promise<{ seq: number; pool: PoolCode; change: number }[]> {
  const rows = await entries()
    .aggregate<{ _id: { seq: number; pool: PoolCode }; change: number }>([
      ...(await legsOfLots(ctx, lots, period, { kind: { $in: [...kinds] } })),
      ...withPool(ctx, '$legs.account'),
      { $group: { _id: { seq: '$seq', pool: '$pool' }, change: { $sum: '$change' } } },
    ])
    .toArray();
  return rows.map(({ _id, change }) => ({ ..._id, change }));
}

/** The legs on lots in a period, `change` on the credit side: money that lies for a purpose grows by credit. */
async function legsOfLots(ctx: Context, lots: readonly string[], { from, to, upTo = Number.MAX_SAFE_INTEGER }: Period, more: object = {}) {
  const first = from ? await lastSeqOf(ctx, addDays(from, -1)) : 0;
  const last = to ? await lastSeqOf(ctx, to) : Number.MAX_SAFE_INTEGER;
  const ofLots = { 'legs.account': { $regex: `^(?:${lots.join('|')}):` } };
  return [
    { $match: { ledger: ctx.ledger, seq: { $gt: first, $lte: Math.min(last, upTo) }, ...more } },
    { $unwind: '$legs' },
    { $match: ofLots },
    { $set: { change: { $multiply: ['$legs.amount', -1] } } },
  ];
}

function withPool({ ledger }: Context, account: string) {
  return [
    {
      $lookup: {
        from: 'accounts',
        let: { id: { $concat: [ledger, '/', account] } },
        pipeline: [{ $match: { $expr: { $eq: ['$_id', '$$id'] }, ledger } }, { $project: { pool: 1 } }],
        as: 'lot',
      },
    },
    { $set: { pool: { $first: '$lot.pool' } } },
  ];
}

/** `income:interest:inc_1` → `income:interest`. */
function stemOf(account: string): object {
  const parts = { $split: [account, ':'] };
  return {
    $reduce: {
      input: { $slice: [parts, 1, { $max: [1, { $subtract: [{ $size: parts }, 2] }] }] },
      initialValue: { $arrayElemAt: [parts, 0] },
      in: { $cond: [{ $lte: [{ $size: parts }, 2] }, '$$value', { $concat: ['$$value', ':', '$$this'] }] },
    },
  };
}
