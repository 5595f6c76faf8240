import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { failField } from '../kernel/errors';
import { isRefused, post } from '../ledger';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { absent, insertion } from '../platform/mongo/document-writes';
import { Shop, ShopCode } from './shop.model';
import { shopOpened } from './supermarket.accounts';
import type { OpenShopInput } from './supermarket.inputs';

/** Opens a shop in a village. Returns its id. @throws `input.invalid` at `code` when another shop numbers its slips with it. */
export async function openShop(ctx: Context, { requestKey, ...shop }: OpenShopInput): Promise<string> {
  const id = idOfRequest(ctx, 'shp', requestKey);
  const code = `${ctx.ledger}/${shop.code}`;
  try {
    await post(ctx, {
      key: `shop:${id}:opened`,
      kind: shopOpened,
      source: { type: 'shop', id },
      facts: shop,
      guards: [absent(ShopCode, code)],
      writes: () => [
        insertion(ctx, ShopCode, { _id: code, shop: id }),
        insertion(ctx, Shop, { _id: id, ...shop }),
        recorded(ctx, 'shop.opened', { type: 'shop', id }),
      ],
    });
  } catch (error) {
    if (isRefused(error, 'exists')) return failField('code', 'taken');
    throw error;
  }
  return id;
}
