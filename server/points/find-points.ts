import type { Household } from '../households';
import type { Context } from '../kernel/context';
import { type LocalDate, monthOf, shanghaiDay } from '../kernel/local-date';
import { type AccountCode, drawableFrom, findOpenLots, type PoolCode } from '../ledger';
import { capsFor, roomsUnder } from './caps';
import { deedsById } from './find-deeds';
import { points } from './points.accounts';

/** Points of one month that end on one day. */
interface PointsOfMonth {
  month: string;
  lastDay?: LocalDate;
  points: number;
  lots: AccountCode[];
}

/** What a household can spend today, read from the ledger. */
export interface PointsHeld {
  pool: PoolCode;
  balance: number;
  /** In the order in which they are spent. */
  months: PointsOfMonth[];
}

/** Points that a household can spend today and when they end. For showing, never for deciding. */
export async function findPointsOf(ctx: Context, { surrogate }: Pick<Household, 'surrogate'>): Promise<PointsHeld> {
  const pool = points(surrogate);
  const today = shanghaiDay(ctx.clock.now());
  const [balance, lots] = await Promise.all([drawableFrom(ctx, pool, today), findOpenLots(ctx, pool, { day: today })]);
  const deeds = await deedsById(
    ctx,
    lots.map(({ origin = '' }) => origin),
  );
  const months = new Map<string, PointsOfMonth>();
  for (const { code, balance: left, lastDay, origin = '' } of lots) {
    const month = monthOf(deeds.get(origin)?.day ?? lastDay ?? today);
    const known = months.get(`${month}/${lastDay}`) ?? { month, ...(lastDay && { lastDay }), points: 0, lots: [] };
    months.set(`${month}/${lastDay}`, { ...known, points: known.points + left, lots: [...known.lots, code] });
  }
  return { pool, balance, months: [...months.values()] };
}

/** How much a household has earned under the month's cap and may still earn; undefined where the county sets none. */
export async function findMonthRoom(
  ctx: Context,
  { surrogate, village }: Pick<Household, 'surrogate' | 'village'>,
  day: LocalDate = shanghaiDay(ctx.clock.now()),
): Promise<{ most: number; earned: number; left: number } | undefined> {
  const caps = (await capsFor(ctx, { surrogate, village, day })).filter(({ name }) => name === 'month');
  const [month] = await roomsUnder(ctx, caps);
  return month && { most: month.most, earned: month.most - month.left, left: month.left };
}
