import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { fail, failField, invariant } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { credit, debit, post } from '../ledger';
import { hashOfAsked } from '../platform/crypto/hash-of-asked';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { insertion } from '../platform/mongo/document-writes';
import { settingInForce } from '../settings';
import { Delivery } from './delivery.model';
import { findShopOrThrow } from './find-shops';
import { Product } from './product.model';
import { deliveryNumbers, deliveryReceived, goodsReceived, shelfLot, shelfOf, stock, supplied } from './supermarket.accounts';
import type { ReceiveDeliveryInput } from './supermarket.inputs';
import { forbiddenCategories } from './supermarket.settings';

/**
 * Puts a delivery on a shop's shelf: a lot with its shelf life, its pieces and their book value (DOMAIN 10, SH3). Returns its id.
 * @throws `input.invalid` for an unknown product and for goods whose last day is over, `supermarket.forbidden-goods`.
 */
export async function receiveDelivery(ctx: Context, input: ReceiveDeliveryInput): Promise<string> {
  const { requestKey, pieces, valueYuan: valueFen, lastDay, supplier } = input;
  const shop = await findShopOrThrow(ctx, input.shop);
  const product = await Product.findOne({ _id: input.product, ledger: ctx.ledger }).lean<Product>();
  if (!product) return failField('product', 'not-a-choice');
  const now = ctx.clock.now();
  const { value: forbidden } = await settingInForce(ctx, forbiddenCategories, { day: shanghaiDay(now), place: shop.village });
  if (forbidden.includes(product.category)) fail('supermarket.forbidden-goods', { category: product.category });
  if (lastDay && lastDay < shanghaiDay(now)) failField('lastDay', 'shelf-life-over');
  const id = idOfRequest(ctx, 'dlv', requestKey);

  await post(ctx, {
    key: `delivery:${id}:received`,
    kind: deliveryReceived,
    source: { type: 'delivery', id },
    facts: { asked: hashOfAsked(input) },
    tags: { village: shop.village },
    numbers: [deliveryNumbers],
    legs: [
      credit(supplied(product._id), pieces),
      ...(valueFen > 0 ? [debit(stock(shop._id), valueFen), credit(goodsReceived(shop._id), valueFen)] : []),
    ],
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
    writes: ({ seq, numbers }) => {
      invariant(seq !== null, 'delivery.is-an-entry');
      return [
        insertion(ctx, Delivery, {
          _id: id,
          number: numbers[deliveryNumbers.name] ?? '',
          shop: shop._id,
          village: shop.village,
          product: product._id,
          pieces,
          valueFen,
          ...(lastDay && { lastDay }),
          supplier,
          receivedBy: ctx.actor.id,
          receivedAt: now,
          seq,
        }),
        recorded(ctx, 'delivery.received', { type: 'delivery', id }),
      ];
    },
  });
  return id;
}
