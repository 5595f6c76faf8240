import type { Context } from '../kernel/context';
import { addDays } from '../kernel/local-date';
import { type AccountCode, chartEntry } from './chart';
import { entries } from './collections';
import { type EntryFilter, lastSeqOf } from './find-entries';
import type { Tags } from './posting';

/** What entries of one kind, and one value of a tag, brought to an account and took from it; on its own side. */
export interface KindSums {
  kind: string;
  tag?: string;
  in: number;
  out: number;
  lines: number;
}

/** Sums of an account over days of recording, by kind of entry and, if asked, by a tag: what reports for the public are made of. */
export async function sumAccountBy(
  ctx: Context,
  code: AccountCode,
  { from, to, upTo = Number.MAX_SAFE_INTEGER }: Pick<EntryFilter, 'from' | 'to' | 'upTo'>,
  tag?: keyof Tags,
): Promise<KindSums[]> {
  const range = {
    $gt: from ? await lastSeqOf(ctx, addDays(from, -1)) : 0,
    $lte: Math.min(to ? await lastSeqOf(ctx, to) : Number.MAX_SAFE_INTEGER, upTo),
  };
  const side = chartEntry(code).side === 'debit' ? 1 : -1;
  const rows = await entries()
    .aggregate<{ _id: { kind: string; tag?: string }; in: number; out: number; lines: number }>([
      { $match: { ledger: ctx.ledger, 'legs.account': code, seq: range } },
      { $unwind: '$legs' },
      { $match: { 'legs.account': code } },
      { $set: { change: { $multiply: ['$legs.amount', side] } } },
      {
        $group: {
          _id: { kind: '$kind', ...(tag && { tag: `$tags.${tag}` }) },
          in: { $sum: { $max: ['$change', 0] } },
          out: { $sum: { $max: [{ $multiply: ['$change', -1] }, 0] } },
          lines: { $sum: 1 },
        },
      },
    ])
    .toArray();
  return rows.map(({ _id, ...sums }) => ({ kind: _id.kind, ...(_id.tag && { tag: _id.tag }), ...sums }));
}
