import type { Context } from '../kernel/context';
import { fail, failField, invariant } from '../kernel/errors';
import { type LocalDate, shanghaiDay } from '../kernel/local-date';
import type { Posted, Posting } from '../ledger';
import { type DocumentWrite, insertion } from '../platform/mongo/document-writes';
import { settingInForce } from '../settings';
import { Delivery } from './delivery.model';
import { findShopOrThrow } from './find-shops';
import { Product } from './product.model';
import type { Shop } from './shop.model';
import { deliveryNumbers, shelfLot, shelfOf } from './supermarket.accounts';
import { forbiddenCategories } from './supermarket.settings';

interface Place {
  shop: Shop;
  product: Product;
}

/** Pieces that come to a shelf, bought or given. */
interface Shelved extends Place, Pick<Delivery, 'pieces' | 'valueFen' | 'supplier' | 'given'> {
  /** Of the delivery. */
  id: string;
  lastDay: LocalDate | undefined;
}

/** The shop and the product that is to lie on its shelf. @throws `input.invalid` at `product`, `supermarket.forbidden-goods`. */
export async function placeOnShelf(ctx: Context, asked: { shop: string; product: string }): Promise<Place> {
  const shop = await findShopOrThrow(ctx, asked.shop);
  const product = await Product.findOne({ _id: asked.product, ledger: ctx.ledger }).lean<Product>();
  if (!product) return failField('product', 'not-a-choice');
  const today = shanghaiDay(ctx.clock.now());
  const { value: forbidden } = await settingInForce(ctx, forbiddenCategories, { day: today, place: shop.village });
  if (forbidden.includes(product.category)) fail('supermarket.forbidden-goods', { category: product.category });
  return { shop, product };
}

/** What every posting has that puts pieces on a shelf: their lot, with shelf life and book value, and the delivery with its number. */
export function shelving(
  ctx: Context,
  { id, shop, product, pieces, valueFen, lastDay, supplier, given }: Shelved,
): Pick<Posting, 'key' | 'source' | 'tags' | 'numbers' | 'lots'> & { delivery: (posted: Posted) => DocumentWrite } {
  const now = ctx.clock.now();
  return {
    key: `delivery:${id}:received`,
    source: { type: 'delivery', id },
    tags: { village: shop.village },
    numbers: [deliveryNumbers],
    lots: [
      {
        lot: shelfLot(shop._id, product._id, id),
        pool: shelfOf(shop._id, product._id),
        amount: pieces,
        order: `${lastDay ?? '9999-12-31'}/${now.toISOString()}`, // first expiry out first, then first in
        ...(lastDay && { lastDay }),
        origin: id,
        value: valueFen,
      },
    ],
    delivery: ({ seq, numbers }) => {
      invariant(seq !== null, 'delivery.is-an-entry');
      return insertion(ctx, Delivery, {
        _id: id,
        number: numbers[deliveryNumbers.name] ?? '',
        shop: shop._id,
        village: shop.village,
        product: product._id,
        pieces,
        valueFen,
        ...(lastDay && { lastDay }),
        supplier,
        ...(given && { given }),
        receivedBy: ctx.actor.id,
        receivedAt: now,
        seq,
      });
    },
  };
}
