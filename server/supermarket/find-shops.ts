import type { Context } from '../kernel/context';
import type { DivisionCode } from '../kernel/division-code';
import { fail } from '../kernel/errors';
import { Product } from './product.model';
import { Shop } from './shop.model';
import { withinShops } from './shop-reach';

const most = 500;

/** The shops within the actor's reach. */
export async function findShops(ctx: Context): Promise<Shop[]> {
  return Shop.find({ ledger: ctx.ledger, $and: [withinShops(ctx, '_id')] })
    .sort({ village: 1, _id: 1 })
    .limit(most)
    .lean<Shop[]>();
}

/** A shop within the actor's reach, or 404. */
export async function findShopOrThrow(ctx: Context, id: string): Promise<Shop> {
  const found = await Shop.findOne({ _id: id, ledger: ctx.ledger, $and: [withinShops(ctx, '_id')] }).lean<Shop>();
  return found ?? fail('not-found');
}

/** A shop by its id, whoever asks: for a kiosk, which knows only its own, and for the shops near a household. */
export async function shopById(ctx: Pick<Context, 'ledger'>, id: string): Promise<Shop | undefined> {
  return (await Shop.findOne({ _id: id, ledger: ctx.ledger }).lean<Shop>()) ?? undefined;
}

/** The shops of a village, for the families who live there. */
export async function shopsOf(ctx: Pick<Context, 'ledger'>, village: DivisionCode): Promise<Shop[]> {
  return Shop.find({ ledger: ctx.ledger, village }).sort({ _id: 1 }).limit(10).lean<Shop[]>();
}

/** All products, in the order of the shelf. */
export async function findProducts(ctx: Pick<Context, 'ledger'>): Promise<Product[]> {
  return Product.find({ ledger: ctx.ledger }).sort({ rank: 1, _id: 1 }).limit(most).lean<Product[]>();
}
