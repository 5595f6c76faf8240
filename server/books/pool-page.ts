import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { drawableFrom, findOpenLots, findPools } from '../ledger';
import type { Translate } from '../platform/i18n/translator';
import { namesFor } from './labels';
import { quantity } from './quantity';

const lotsShown = 200;

/** A pool with the lots that can be drawn from, in the order in which they will be. */
export async function poolPage(ctx: Context, t: Translate, code: string) {
  const [pool] = await findPools(ctx, [code]);
  if (!pool) return fail('not-found');
  const today = shanghaiDay(ctx.clock.now());
  const [lots, drawable] = await Promise.all([findOpenLots(ctx, code, { limit: lotsShown }), drawableFrom(ctx, code, today)]);
  const names = await namesFor(ctx, t, [], [code, ...lots.map((lot) => lot.code)]);
  return {
    pool,
    name: names.account(code).text,
    stats: [
      { label: t('books:pool.total'), text: quantity(t, pool.unit, pool.total) },
      { label: t('books:pool.drawable'), text: quantity(t, pool.unit, drawable) },
      { label: t('books:pool.lots'), text: String(pool.openLots) },
    ],
    lots: lots.map((lot) => ({
      account: names.account(lot.code),
      origin: lot.origin,
      lastDay: lot.lastDay,
      isPast: lot.lastDay !== undefined && lot.lastDay < today,
      balance: quantity(t, lot.unit, lot.balance),
      value: lot.value === undefined ? '' : quantity(t, 'CNY', lot.value),
    })),
    more: pool.openLots - lots.length,
  };
}
