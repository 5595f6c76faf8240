import type { Household } from '../households';
import type { Context } from '../kernel/context';
import { shanghaiDay } from '../kernel/local-date';
import { accountOf, drawableFromEach, findAccounts } from '../ledger';
import { settingInForce } from '../settings';
import { findProducts } from './find-shops';
import { type ItemLimit, limitAllowance } from './item-limits';
import type { Product } from './product.model';
import type { Shop } from './shop.model';
import { shelfOf } from './supermarket.accounts';
import { forbiddenCategories, itemLimits } from './supermarket.settings';

/** A product in one shop: how many pieces may be handed out today. */
export interface ShelfItem {
  product: Product;
  free: number;
}

/** What a household may still redeem of a limited good. */
export interface LimitLeft extends ItemLimit {
  left: number;
}

/** A shop's shelf as the ledger has it now; goods past their last day do not count. For showing: the floor decides. */
export async function findShelf(ctx: Context, shop: Pick<Shop, '_id'>): Promise<ShelfItem[]> {
  const products = await findProducts(ctx);
  const pools = products.map(({ _id }) => shelfOf(shop._id, _id));
  const free = await drawableFromEach(ctx, pools, shanghaiDay(ctx.clock.now()));
  return products.map((product) => ({ product, free: free.get(shelfOf(shop._id, product._id)) ?? 0 }));
}

/** What a family may choose from in a shop today: its shelf without what no shop may hand out any more. */
export async function findOffer(ctx: Context, shop: Pick<Shop, '_id' | 'village'>): Promise<ShelfItem[]> {
  const at = { day: shanghaiDay(ctx.clock.now()), place: shop.village };
  const [items, { value: forbidden }] = await Promise.all([findShelf(ctx, shop), settingInForce(ctx, forbiddenCategories, at)]);
  return items.filter(({ product }) => !forbidden.includes(product.category));
}

/** What is left of the limits that hold for a household in a shop today. */
export async function findLimitsLeft(
  ctx: Context,
  shop: Pick<Shop, 'village'>,
  { surrogate }: Pick<Household, 'surrogate'>,
): Promise<LimitLeft[]> {
  const day = shanghaiDay(ctx.clock.now());
  const { value: limits } = await settingInForce(ctx, itemLimits, { day, place: shop.village });
  const codeOf = (limit: ItemLimit) => accountOf(limitAllowance(limit, surrogate, day));
  const found = await findAccounts(ctx, limits.map(codeOf));
  const balances = new Map(found.map(({ code, balance }) => [code, balance]));
  return limits.map((limit) => ({ ...limit, left: balances.get(codeOf(limit)) ?? limit.pieces }));
}
