import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { post } from '../ledger';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { insertion } from '../platform/mongo/document-writes';
import { settingInForce } from '../settings';
import { countyOf } from './county-of';
import { Product } from './product.model';
import { productAdded } from './supermarket.accounts';
import type { AddProductInput } from './supermarket.inputs';
import { forbiddenCategories } from './supermarket.settings';

/** Adds a product to all shops' shelves. Returns its id. @throws `supermarket.forbidden-goods` for tobacco and alcohol. */
export async function addProduct(ctx: Context, { requestKey, ...product }: AddProductInput): Promise<string> {
  const at = { day: shanghaiDay(ctx.clock.now()), place: countyOf(ctx) };
  const { value: forbidden } = await settingInForce(ctx, forbiddenCategories, at);
  if (forbidden.includes(product.category)) fail('supermarket.forbidden-goods', { category: product.category });
  const id = idOfRequest(ctx, 'prd', requestKey);
  await post(ctx, {
    key: `product:${id}:added`,
    kind: productAdded,
    source: { type: 'product', id },
    facts: product,
    writes: () => [
      insertion(ctx, Product, { _id: id, ...product, prices: [{ points: product.points, from: ctx.clock.now(), by: ctx.actor.id }] }),
      recorded(ctx, 'product.added', { type: 'product', id }),
    ],
  });
  return id;
}
