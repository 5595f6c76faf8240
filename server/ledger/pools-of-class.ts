import type { Context } from '../kernel/context';
import { type AccountCode, classNameOf, type PoolCode } from './chart';
import { type AccountDocument, accounts, entries, idOf, nameOf, pools } from './collections';
import type { Moment } from './one-moment';

/** A pool with what lies in it, and what of it can still be drawn on a day. */
export interface PoolBalance {
  code: PoolCode;
  total: number;
  openLots: number;
}

const mostPools = 2_000;
const mostLots = 20_000;

/** All pools of a class by code, now or at a moment; one that is empty then stands there, too. */
export async function findPoolsOfClass(ctx: Pick<Context, 'ledger'>, className: string, moment?: Moment): Promise<PoolBalance[]> {
  const range = { $gte: idOf(ctx.ledger, `${className}:`), $lt: idOf(ctx.ledger, `${className};`) }; // ';' follows ':' in ASCII
  const found = await pools()
    .find({ _id: range, ledger: ctx.ledger }, { sort: { _id: 1 }, limit: mostPools, ...(moment && { session: moment.session }) })
    .toArray();
  return found.map(({ _id, total, open }) => ({ code: nameOf(_id), total, openLots: open }));
}

/**
 * From which pools of a class that which lies in the open lots of other classes was drawn: reserved money by the restriction it left. A
 * lot that was filled from several gives its balance to the last of them first, so that the sums are what lies there.
 */
export async function sumOpenByPoolBefore(
  ctx: Pick<Context, 'ledger'>,
  heldIn: readonly string[],
  poolClass: string,
  moment: Moment,
): Promise<Map<PoolCode, number>> {
  const held: Pick<AccountDocument, '_id' | 'balance'>[] = [];
  for (const className of heldIn) held.push(...(await openLotsOf(ctx, className, moment)));
  const sums = new Map<PoolCode, number>();
  const before = moment.seq + 1;
  let left = new Map(held.map(({ _id, balance }): [AccountCode, Held] => [nameOf(_id), { amount: balance, before }]));
  while (left.size > 0) left = await oneStepBack(ctx, left, poolClass, sums);
  return sums;
}

/** What lay in a lot before an entry. The same lot may hold it twice, when it went on and came back: each step looks further back. */
interface Held {
  amount: number;
  before: number;
}

/** Books what came straight from a pool of the class to it, and gives what lay one lot further back, always before the step it came by. */
async function oneStepBack(
  ctx: Pick<Context, 'ledger'>,
  left: ReadonlyMap<AccountCode, Held>,
  poolClass: string,
  sums: Map<PoolCode, number>,
): Promise<Map<AccountCode, Held>> {
  const latest = Math.max(...[...left.values()].map(({ before }) => before));
  const found = await entries()
    .find(
      { ledger: ctx.ledger, 'legs.account': { $in: [...left.keys()] }, seq: { $lt: latest } },
      { sort: { seq: -1 }, projection: { seq: 1, drawn: 1 } },
    )
    .toArray();
  const open = new Map([...left].map(([code, { amount }]) => [code, amount]));
  const before = new Map<AccountCode, Held>();
  for (const { seq, drawn } of found) {
    for (const { pool, lot, to, amount } of drawn ?? []) {
      const wanted = to === undefined || seq >= (left.get(to)?.before ?? 0) ? 0 : (open.get(to) ?? 0);
      if (to === undefined || wanted === 0) continue;
      const part = Math.min(wanted, amount);
      open.set(to, wanted - part);
      if (classNameOf(pool) === poolClass) sums.set(pool, (sums.get(pool) ?? 0) + part);
      else before.set(lot, { amount: (before.get(lot)?.amount ?? 0) + part, before: Math.max(before.get(lot)?.before ?? 0, seq) });
    }
  }
  return before;
}

async function openLotsOf(ctx: Pick<Context, 'ledger'>, className: string, { session }: Moment) {
  const pool = { $gte: `${className}:`, $lt: `${className};` };
  return accounts()
    .find<Pick<AccountDocument, '_id' | 'balance'>>(
      { ledger: ctx.ledger, pool, open: true as const },
      { limit: mostLots, projection: { balance: 1 }, session },
    )
    .toArray();
}
