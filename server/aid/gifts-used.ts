import { findPoolsFor } from '../funds';
import type { Context } from '../kernel/context';
import { shanghaiDay } from '../kernel/local-date';
import { drawableFrom, findEntryByKey, findOpenLots, originLabels } from '../ledger';
import type { AidCase } from './aid-case.model';

/** A gift, or other money, that a case uses or would use: the most restricted pool first, in each the oldest first. */
interface GiftUsed {
  origin: string;
  /** What it has left before; absent once the money is reserved. */
  leftFen?: number;
  usedFen: number;
}

/** The gifts behind a case's sum: as reserved by its entry, or as they would be drawn now. */
export async function giftsUsed(ctx: Context, aidCase: AidCase) {
  const found = await (aidCase.reservedBy ? asReserved(ctx, aidCase.reservedBy) : asWouldBe(ctx, aidCase));
  const labels = await originLabels(
    ctx,
    found.rows.map(({ origin }) => origin),
  );
  return { ...found, rows: found.rows.map(({ origin, ...row }) => ({ ...row, ...(labels.get(origin) ?? { text: origin }) })) };
}

async function asReserved(ctx: Context, key: string) {
  const entry = await findEntryByKey(ctx, key);
  const used = new Map<string, number>();
  for (const { origin, amount } of entry?.drawn ?? []) used.set(origin, (used.get(origin) ?? 0) + amount);
  return { seq: entry?.seq, rows: [...used].map(([origin, usedFen]): GiftUsed => ({ origin, usedFen })), shortFen: 0 };
}

/** For showing only: the commit that reserves decides for itself. */
async function asWouldBe(ctx: Context, { cause, village, amountFen }: AidCase) {
  const day = shanghaiDay(ctx.clock.now());
  const pools = await findPoolsFor(ctx, { cause, village, day });
  const rows: GiftUsed[] = [];
  let missing = amountFen;
  for (const pool of pools) {
    if (missing === 0) break;
    for (const { code, balance, origin = code } of await findOpenLots(ctx, pool, { day, limit: 50 })) {
      if (missing === 0) break;
      const usedFen = Math.min(missing, balance);
      rows.push({ origin, leftFen: balance, usedFen });
      missing -= usedFen;
    }
  }
  const available = await Promise.all(pools.map((pool) => drawableFrom(ctx, pool, day)));
  return { rows, availableFen: available.reduce((sum, one) => sum + one, 0), shortFen: missing };
}
