import type { Context } from '../kernel/context';
import { shanghaiDay } from '../kernel/local-date';
import { type AccountView, findLotsPast, post } from '../ledger';
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
    await Promise.all(past.map((lot) => expire(ctx, lot)));
    expired += past.length;
    if (past.length < lotsAtOnce) return expired;
  }
}

function expire(ctx: Context, { code, pool = '', origin = code }: AccountView) {
  return post(ctx, {
    key: `expire:${code}`,
    kind: pointsRanOut,
    source: { type: 'deed', id: origin },
    draws: [{ from: pool, lot: code, amount: 'all', to: expiredUnspent, expired: true }],
    bulk: true,
  });
}
