import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { type Page, pageOf } from '../platform/mongo/page-of';
import { Delivery } from './delivery.model';
import { Redemption } from './redemption.model';
import type { Shop } from './shop.model';
import { withinShops } from './shop-reach';
import type { RedemptionFilters } from './supermarket.inputs';

/** Redemptions of one shop, newest first. The caller has found the shop within reach. */
export async function findRedemptions(ctx: Context, shop: string, filters: RedemptionFilters): Promise<Page<Redemption>> {
  return pageOf(Redemption, { filter: { ledger: ctx.ledger, shop }, order: { at: -1 } }, filters);
}

/** A redemption within the actor's reach, or 404. */
export async function findRedemptionOrThrow(ctx: Context, id: string): Promise<Redemption> {
  const found = await Redemption.findOne({ _id: id, ledger: ctx.ledger, $and: [withinShops(ctx)] }).lean<Redemption>();
  return found ?? fail('not-found');
}

/** The slip of a redemption in one shop, for the kiosk that stands there. */
export async function findSlip(ctx: Pick<Context, 'ledger'>, shop: Pick<Shop, '_id'>, id: string): Promise<Redemption | undefined> {
  return (await Redemption.findOne({ _id: id, ledger: ctx.ledger, shop: shop._id }).lean<Redemption>()) ?? undefined;
}

/** The last deliveries to a shop, newest first. The caller has found the shop within reach. */
export async function findDeliveries(ctx: Pick<Context, 'ledger'>, shop: string, limit: number): Promise<Delivery[]> {
  return Delivery.find({ ledger: ctx.ledger, shop }).sort({ receivedAt: -1, _id: -1 }).limit(limit).lean<Delivery[]>();
}
