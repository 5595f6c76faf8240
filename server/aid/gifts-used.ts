import { giftPageOfLot } from '../donations';
import { findPoolsFor } from '../funds';
import { may } from '../identity';
import type { Context } from '../kernel/context';
import { shanghaiDay } from '../kernel/local-date';
import { type AccountCode, accountLabels, drawableFrom, findEntryByKey, findOpenLots } from '../ledger';
import type { AidCase } from './aid-case.model';

/** A gift that a case uses or would use: oldest first, the most restricted pool first. */
interface GiftUsed {
  lot: AccountCode;
  text: string;
  /** What it has left before; absent once the money is reserved. */
  leftFen?: number;
  usedFen: number;
}

/** The gifts behind a case's sum: as reserved by its entry, or as they would be drawn now. */
export async function giftsUsed(ctx: Context, aidCase: AidCase) {
  const found = await (aidCase.reservedBy ? asReserved(ctx, aidCase.reservedBy) : asWouldBe(ctx, aidCase));
  const mayOpen = may(ctx.actor, 'gift.read');
  return { ...found, rows: found.rows.map(({ lot, text, ...row }) => ({ ...row, text, href: mayOpen ? giftPageOfLot(lot) : undefined })) };
}

async function asReserved(ctx: Context, key: string) {
  const entry = await findEntryByKey(ctx, key);
  const drawn = entry?.drawn ?? [];
  const labels = await accountLabels(
    ctx,
    drawn.map(({ lot }) => lot),
  );
  return {
    seq: entry?.seq,
    rows: drawn.map(({ lot, amount, origin }): GiftUsed => ({ lot, text: labels.get(lot)?.text ?? origin, usedFen: amount })),
    shortFen: 0,
  };
}

/** For showing only: the commit that reserves decides for itself. */
async function asWouldBe(ctx: Context, { cause, village, amountFen }: AidCase) {
  const day = shanghaiDay(ctx.clock.now());
  const pools = await findPoolsFor(ctx, { cause, village, day });
  const found: { lot: AccountCode; origin: string; leftFen: number; usedFen: number }[] = [];
  let missing = amountFen;
  for (const pool of pools) {
    if (missing === 0) break;
    for (const { code, balance, origin } of await findOpenLots(ctx, pool, { day, limit: 50 })) {
      if (missing === 0) break;
      const usedFen = Math.min(missing, balance);
      found.push({ lot: code, origin: origin ?? code, leftFen: balance, usedFen });
      missing -= usedFen;
    }
  }
  const labels = await accountLabels(
    ctx,
    found.map(({ lot }) => lot),
  );
  const available = await Promise.all(pools.map((pool) => drawableFrom(ctx, pool, day)));
  return {
    rows: found.map(({ lot, origin, leftFen, usedFen }): GiftUsed => ({ lot, text: labels.get(lot)?.text ?? origin, leftFen, usedFen })),
    availableFen: available.reduce((sum, one) => sum + one, 0),
    shortFen: missing,
  };
}
