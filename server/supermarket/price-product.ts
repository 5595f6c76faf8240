import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { post } from '../ledger';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { change, unchanged } from '../platform/mongo/document-writes';
import { Product } from './product.model';
import { productPriced } from './supermarket.accounts';
import type { PriceProductInput } from './supermarket.inputs';

/** Sets a new price from now on. Who has the old one on the screen is shown the new one before anything is handed out. */
export async function priceProduct(ctx: Context, { requestKey, id, points }: PriceProductInput): Promise<void> {
  const product = (await Product.findOne({ _id: id, ledger: ctx.ledger }).lean<Product>()) ?? fail('not-found');
  const prices = [...product.prices, { points, from: ctx.clock.now(), by: ctx.actor.id }];
  await post(ctx, {
    key: `product:${id}:priced:${idOfRequest(ctx, 'prc', requestKey)}`,
    kind: productPriced,
    source: { type: 'product', id },
    facts: { points },
    guards: [unchanged(Product, product)],
    writes: () => [
      change(Product, product, { points, prices }),
      recorded(ctx, 'product.priced', { type: 'product', id }, { points }, { points: product.points }),
    ],
  });
}
