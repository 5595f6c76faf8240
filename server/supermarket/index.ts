/** The warm-heart supermarkets: products and their prices, shops, deliveries, shelves, and the exchange of points for goods. */
import { nameSupermarket } from './supermarket.labels';

export { addProduct } from './add-product';
export { findSlip } from './find-redemptions';
export { findLimitsLeft, findOffer, findShelf, type LimitLeft, type ShelfItem } from './find-shelf';
export { findShops, shopById } from './find-shops';
export { openShop } from './open-shop';
export type { PointsBound } from './points-bound';
export { priceProduct } from './price-product';
export type { Product } from './product.model';
export { receiveDelivery } from './receive-delivery';
export { redeem } from './redeem';
export type { Redemption } from './redemption.model';
export { shelveGivenGoods } from './shelve-given-goods';
export type { Shop } from './shop.model';
export { givenOut, handedOver, stock } from './supermarket.accounts';
export { supermarketRoutes } from './supermarket.routes';
export { supermarketTruths } from './supermarket.truths';

nameSupermarket();
