import type { Context } from '../kernel/context';
import { shanghaiDay } from '../kernel/local-date';
import { type AccountView, findLotsPast, findStatementLines, post } from '../ledger';
import { expiredUnspent, points, pointsRanOut } from './points.accounts';

const lotsAtOnce = 100;

/**
 * Books what ended unspent, lot by lot, and returns how many lots. Nobody could spend them any more: a draw never takes a lot past its
 * last day. A second run finds nothing (DOMAIN 9, PT4).
 */
export async function expirePoints(ctx: Context): Promise<number> {
  const today = shanghaiDay(ctx.clock.now());
  let expired = 0;
  for (;;) {
    const past = await findLotsPast(ctx, points.className, today, lotsAtOnce);
    const booked = await Promise.all(past.map((lot) => expire(ctx, lot)));
    expired += booked.filter(Boolean).length;
    if (past.length < lotsAtOnce) return expired;
  }
}

/** Ends one lot. Where it was ended before and points came back to it, the line that brought them makes the key: each return ends once. */
async function expire(ctx: Context, lot: AccountView): Promise<boolean> {
  if (await end(ctx, lot, `expire:${lot.code}`)) return true;
  const [last] = await findStatementLines(ctx, lot.code, {}, 1);
  const cameBack = last !== undefined && last.balanceAfter > 0; // else another run has just ended it
  return cameBack && (await end(ctx, lot, `expire:${lot.code}:${last.seq}`));
}

async function end(ctx: Context, { code, pool = '', origin = code }: AccountView, key: string): Promise<boolean> {
  const { replayed } = await post(ctx, {
    key,
    kind: pointsRanOut,
    source: { type: 'deed', id: origin },
    draws: [{ from: pool, lot: code, amount: 'all', to: expiredUnspent, expired: true }],
    bulk: true,
  });
  return !replayed;
}
