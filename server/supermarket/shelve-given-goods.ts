import { recorded } from '../audit';
import { prepareShelving } from '../donations';
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
import { deliveryNumbers, givenShelved, goodsReceived, shelfLot, shelfOf, stock, supplied } from './supermarket.accounts';
import type { ShelveGivenInput } from './supermarket.inputs';
import { forbiddenCategories } from './supermarket.settings';

/**
 * Puts given goods on a shop's shelf at the value of their gift (SH5): pieces, book value and the gift's lot move in one entry, so that the
 * giver sees in which village they are. Returns the delivery's id.
 * @throws what {@link prepareShelving} throws, `input.invalid` at `product` and for goods past their day, `supermarket.forbidden-goods`.
 */
export async function shelveGivenGoods(ctx: Context, input: ShelveGivenInput): Promise<string> {
  const { requestKey, pieces, quantity } = input;
  const shop = await findShopOrThrow(ctx, input.shop);
  const id = idOfRequest(ctx, 'dlv', requestKey);
  if (await Delivery.exists({ _id: id, ledger: ctx.ledger })) return id; // the form was sent twice
  const product = await Product.findOne({ _id: input.product, ledger: ctx.ledger }).lean<Product>();
  if (!product) return failField('product', 'not-a-choice');
  const now = ctx.clock.now();
  const { value: forbidden } = await settingInForce(ctx, forbiddenCategories, { day: shanghaiDay(now), place: shop.village });
  if (forbidden.includes(product.category)) fail('supermarket.forbidden-goods', { category: product.category });
  const [offer = '', line = ''] = input.given.split(':');
  const given = await prepareShelving(ctx, { offer, line: Number(line), quantity, village: shop.village, income: goodsReceived(shop._id) });
  const { lastDay, valueFen } = given;
  if (lastDay && lastDay < shanghaiDay(now)) failField('given', 'shelf-life-over');

  await post(ctx, {
    key: `delivery:${id}:received`,
    kind: givenShelved,
    source: { type: 'delivery', id },
    facts: { asked: hashOfAsked(input) },
    tags: { village: shop.village },
    numbers: [deliveryNumbers],
    legs: [credit(supplied(product._id), pieces), ...(valueFen > 0 ? [debit(stock(shop._id), valueFen)] : []), ...given.legs],
    draws: given.draws,
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
    guards: given.guards,
    writes: ({ seq, numbers }) => {
      invariant(seq !== null, 'delivery.is-an-entry');
      return [
        ...given.writes,
        insertion(ctx, Delivery, {
          _id: id,
          number: numbers[deliveryNumbers.name] ?? '',
          shop: shop._id,
          village: shop.village,
          product: product._id,
          pieces,
          valueFen,
          ...(lastDay && { lastDay }),
          supplier: `${given.giver} ${given.number}`,
          receivedBy: ctx.actor.id,
          receivedAt: now,
          seq,
        }),
        recorded(ctx, 'goods.shelved', { type: 'delivery', id }, { amountFen: valueFen }),
      ];
    },
  });
  return id;
}
