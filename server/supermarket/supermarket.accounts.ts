import { givenGoods, goodsGift, goodsHeld } from '../donations';
import {
  type AccountCode,
  allowance,
  allowanceGranted,
  defineAccounts,
  defineKind,
  definePools,
  defineSeries,
  type PoolCode,
  type Series,
} from '../ledger';
import { points } from '../points';

/** Pieces of one product on one shop's shelf; its lots are deliveries: `shelf:<shop>:<product>:<delivery>`. */
export const shelf = definePools({ name: 'shelf', unit: ([, product]) => `goods:${product}`, side: 'debit' });

/** All pieces of a product that ever came in, and all that were handed over. */
export const supplied = defineAccounts({ name: 'supplied', unit: ([product]) => `goods:${product}`, side: 'credit', floor: 'none' });
export const handedOver = defineAccounts({ name: 'handedOver', unit: ([product]) => `goods:${product}`, side: 'debit', floor: 'none' });

/** Book value of what lies in a shop; what came in with deliveries; what went out to a village. */
export const stock = defineAccounts({ name: 'stock', unit: 'CNY', side: 'debit', floor: 0 });
export const goodsReceived = defineAccounts({ name: 'goodsReceived', unit: 'CNY', side: 'credit', floor: 'none' });
export const givenOut = defineAccounts({ name: 'givenOut', unit: 'CNY', side: 'debit', floor: 'none' });

/** Points that were spent in a shop. */
export const pointsSpent = defineAccounts({ name: 'pointsSpent', unit: 'PTS', side: 'credit', floor: 'none' });

/** The shelf of a product in a shop, from which redemptions draw. */
export function shelfOf(shop: string, product: string): PoolCode {
  return shelf(shop, product);
}

/** The lot that a delivery is. */
export function shelfLot(shop: string, product: string, delivery: string): AccountCode {
  return shelf(shop, product, delivery);
}

// Notes: nothing moves.
const planners = ['fundManager', 'system'] as const;
export const shopOpened = defineKind({ name: 'shop.opened', by: planners });
export const productAdded = defineKind({ name: 'product.added', by: planners });
export const productPriced = defineKind({ name: 'product.priced', by: planners });

export const deliveryReceived = defineKind({
  name: 'goods.received',
  accounts: [shelf, supplied, stock, goodsReceived],
  by: ['shopClerk', 'system'],
});

/** Given goods come to a shelf at the value of their gift. */
export const givenShelved = defineKind({
  name: 'goods.shelved',
  accounts: [shelf, supplied, stock, goodsReceived, goodsHeld, givenGoods, goodsGift],
  by: ['shopClerk', 'system'],
});

/** Points, pieces and their book value in one entry, or none (DOMAIN 10, SH1). */
export const goodsRedeemed = defineKind({
  name: 'goods.redeemed',
  accounts: [points, pointsSpent, shelf, handedOver, stock, givenOut, allowance, allowanceGranted],
  by: ['kiosk', 'shopClerk', 'system'],
});

/** `L-2026-000001`: the number on a delivery's paper. */
export const deliveryNumbers = defineSeries({ name: 'delivery', prefix: 'L' });

/** The numbers of a shop's slips, `LS-000418`: without a gap, since each is allotted in the commit of its redemption. */
export function slipsOf(shop: { _id: string; code: string }): Series {
  return defineSeries({ name: `slip-${shop._id}`, prefix: shop.code, yearly: false });
}
