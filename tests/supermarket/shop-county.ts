import type { Household } from '../../server/households';
import type { Context } from '../../server/kernel/context';
import { localDate } from '../../server/kernel/local-date';
import { fen } from '../../server/kernel/money';
import { addProduct, openShop, receiveDelivery, redeem } from '../../server/supermarket';
import type { Good } from '../../server/supermarket/goods';
import { liushu, manager, person, requestKey } from '../points/points-county';

let shops = 0;

/** A shop in Liushu village and its clerk. */
export async function shopWithClerk(): Promise<{ shop: string; clerk: Context }> {
  shops += 1;
  const shop = await openShop(manager, {
    requestKey: requestKey(),
    name: '柳树村暖心超市',
    village: liushu,
    code: `LS${shops}`,
    phone: '0310-555-0126',
  });
  return { shop, clerk: person(`usr_clerk${shops}`, 'shopClerk', shop) };
}

/** A product at a price. */
export function product(name: string, points: number, good: Good = 'soap'): Promise<string> {
  return addProduct(manager, { requestKey: requestKey(), name, pack: '1 件', good, category: 'household', points, rank: points });
}

/** A delivery to a shop. */
export function deliver(clerk: Context, shop: string, of: string, pieces: number, valueYuan = pieces * 10, lastDay?: string) {
  return receiveDelivery(clerk, {
    requestKey: requestKey(),
    shop,
    product: of,
    pieces,
    valueYuan: fen(valueYuan * 100),
    lastDay: lastDay ? localDate(lastDay) : undefined,
    supplier: '和安粮油（演示）',
  });
}

/** One tap on "redeem": each has a key of its own unless one is given. */
export function tap(
  ctx: Context,
  shop: string,
  by: Household,
  basket: [product: string, pieces: number, points: number][],
  key = requestKey(),
) {
  const lines = basket.map(([id, pieces, points]) => ({ product: id, pieces, points }));
  return redeem(ctx, { requestKey: key, shop, household: by._id, basket: lines });
}
