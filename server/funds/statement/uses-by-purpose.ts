import type { Context } from '../../kernel/context';
import { changesByEntry, kindNames } from '../../ledger';
import { type Purpose, purposes } from '../purposes';
import { restrictionOf } from '../restrictions';
import { columnOf } from './columns';
import { type Period, restrictedLots } from './find-statement';

/** How often money of a purpose was used in a period: entries that took some, less those that gave it back. */
export async function countUses(ctx: Context, period: Period & { upTo: number }): Promise<Map<Purpose, number>> {
  const kinds = kindNames().filter((kind) => columnOf(kind) === 'used');
  const changes = await changesByEntry(ctx, restrictedLots, { ...period, kinds });
  return new Map(
    purposes.map((purpose) => {
      const byEntry = new Map<number, number>();
      for (const { seq, pool, change } of changes)
        if (restrictionOf(pool).purpose === purpose) byEntry.set(seq, (byEntry.get(seq) ?? 0) + change);
      const all = [...byEntry.values()];
      return [purpose, all.filter((change) => change < 0).length - all.filter((change) => change > 0).length];
    }),
  );
}
