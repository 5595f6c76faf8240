import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import type { LocalDate } from '../kernel/local-date';
import type { AccountCode, PoolCode, Side, Unit } from './chart';
import { type AccountDocument, accounts, entries, idOf, nameOf, pools } from './collections';
import type { Moment } from './one-moment';
import type { AccountStatus } from './posting';

/** An account as the ledger holds it now. `balance` is on the account's own side, in fen, points or pieces. */
export interface AccountView {
  code: AccountCode;
  unit: Unit;
  side: Side;
  status: AccountStatus;
  balance: number;
  pool?: PoolCode;
  lastDay?: LocalDate;
  origin?: string;
  unitCost?: number;
  value?: number;
}

export interface PoolView {
  code: PoolCode;
  unit: Unit;
  side: Side;
  total: number;
  openLots: number;
}

/** The account, or 404 when no leg has ever touched it. */
export async function findAccountOrThrow(ctx: Context, code: AccountCode): Promise<AccountView> {
  return accountViewOf((await accounts().findOne({ _id: idOf(ctx.ledger, code), ledger: ctx.ledger })) ?? fail('not-found'));
}

/** Accounts by code, now or at a moment; one that was never touched is left out. */
export async function findAccounts(ctx: Context, codes: readonly AccountCode[], moment?: Moment): Promise<AccountView[]> {
  const filter = { _id: { $in: codes.map((code) => idOf(ctx.ledger, code)) }, ledger: ctx.ledger };
  return (
    await accounts()
      .find(filter, { ...(moment && { session: moment.session }) })
      .toArray()
  ).map(accountViewOf);
}

/** The balance now, on the account's own side; 0 when no leg has ever touched it. Never decide on it: post, and let the floor decide. */
export async function balanceOf(ctx: Context, code: AccountCode): Promise<number> {
  const found = await accounts().findOne({ _id: idOf(ctx.ledger, code), ledger: ctx.ledger }, { projection: { balance: 1 } });
  return found?.balance ?? 0;
}

/** The balance as it stood after entry `seq`: one read, since each leg stores it. */
export async function balanceAt(ctx: Context, code: AccountCode, seq: number): Promise<number> {
  const filter = { ledger: ctx.ledger, 'legs.account': code, seq: { $lte: seq } };
  const last = await entries().findOne(filter, { sort: { seq: -1 }, projection: { legs: 1 } });
  return last?.legs.find((leg) => leg.account === code)?.balanceAfter ?? 0;
}

/** Accounts of one class by code, from the one after `after`: what a row of the trial balance is made of. */
export async function findAccountsOfClass(
  ctx: Context,
  className: string,
  after: AccountCode | undefined,
  limit: number,
): Promise<AccountView[]> {
  const first = after ? { $gt: idOf(ctx.ledger, after) } : { $gte: idOf(ctx.ledger, `${className}:`) };
  const filter = { _id: { ...first, $lt: idOf(ctx.ledger, `${className};`) }, ledger: ctx.ledger }; // ';' follows ':' in ASCII
  return (
    await accounts()
      .find(filter, { sort: { _id: 1 }, limit })
      .toArray()
  ).map(accountViewOf);
}

/** A pool's total and number of open lots; zeros when nothing was ever in it. */
export async function findPools(ctx: Context, codes: readonly PoolCode[]): Promise<PoolView[]> {
  const filter = { _id: { $in: codes.map((code) => idOf(ctx.ledger, code)) }, ledger: ctx.ledger };
  const found = await pools().find(filter).toArray();
  return found.map(({ _id, unit, side, total, open }) => ({ code: nameOf(_id), unit, side, total, openLots: open }));
}

/** The lots of a pool that can be drawn from, in the order in which they will be. `day` leaves out those past their last day. */
export async function findOpenLots(
  ctx: Context,
  pool: PoolCode,
  options: { day?: LocalDate; limit?: number } = {},
): Promise<AccountView[]> {
  const inDate = options.day ? { $or: [{ lastDay: { $exists: false } }, { lastDay: { $gte: options.day } }] } : {};
  const filter = { ledger: ctx.ledger, pool, open: true as const, ...inDate };
  const found = await accounts()
    .find(filter, { sort: { order: 1 }, limit: options.limit ?? 500 })
    .toArray();
  return found.map(accountViewOf);
}

/** What a pool can give on a day: the open lots that are not past their last day. For showing, never for deciding. */
export async function drawableFrom(ctx: Context, pool: PoolCode, day: LocalDate): Promise<number> {
  return (await drawableFromEach(ctx, [pool], day)).get(pool) ?? 0;
}

/** The same for several pools in one read, now or at a moment; a pool that can give nothing is left out. */
export async function drawableFromEach(
  ctx: Context,
  codes: readonly PoolCode[],
  day: LocalDate,
  moment?: Moment,
): Promise<Map<PoolCode, number>> {
  const inDate = [{ lastDay: { $exists: false } }, { lastDay: { $gte: day } }];
  const sums = await accounts()
    .aggregate<{ _id: PoolCode; total: number }>(
      [
        { $match: { ledger: ctx.ledger, pool: { $in: [...codes] }, open: true, $or: inDate } },
        { $group: { _id: '$pool', total: { $sum: '$balance' } } },
      ],
      { ...(moment && { session: moment.session }) },
    )
    .toArray();
  return new Map(sums.map(({ _id, total }) => [_id, total]));
}

/** Open lots whose last day is over, for the job that books their expiry. */
export async function findLotsPast(ctx: Context, poolClass: string, day: LocalDate, limit: number): Promise<AccountView[]> {
  const pool = { $gte: `${poolClass}:`, $lt: `${poolClass};` }; // ';' follows ':' in ASCII: all pools of the class
  const filter = { ledger: ctx.ledger, pool, open: true as const, lastDay: { $lt: day } };
  return (await accounts().find(filter, { limit }).toArray()).map(accountViewOf);
}

export function accountViewOf(document: AccountDocument): AccountView {
  const { _id, unit, side, status, balance, pool, lastDay, origin, unitCost, value } = document;
  return {
    code: nameOf(_id),
    unit,
    side,
    status,
    balance,
    ...(pool ? { pool } : {}),
    ...(lastDay ? { lastDay } : {}),
    ...(origin ? { origin } : {}),
    ...(unitCost === undefined ? {} : { unitCost }),
    ...(value === undefined ? {} : { value }),
  };
}
