import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { failField } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { credit, debit, post } from '../ledger';
import { hashOfAsked } from '../platform/crypto/hash-of-asked';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { placeOnShelf, shelving } from './put-on-shelf';
import { deliveryReceived, goodsReceived, stock, supplied } from './supermarket.accounts';
import type { ReceiveDeliveryInput } from './supermarket.inputs';

/**
 * Puts a delivery on a shop's shelf: a lot with its shelf life, its pieces and their book value (DOMAIN 10, SH3). Returns its id.
 * @throws what {@link placeOnShelf} throws, `input.invalid` for goods whose last day is over.
 */
export async function receiveDelivery(ctx: Context, input: ReceiveDeliveryInput): Promise<string> {
  const { requestKey, pieces, valueYuan: valueFen, lastDay, supplier } = input;
  const { shop, product } = await placeOnShelf(ctx, input);
  if (lastDay && lastDay < shanghaiDay(ctx.clock.now())) failField('lastDay', 'shelf-life-over');
  const id = idOfRequest(ctx, 'dlv', requestKey);
  const { delivery, ...posting } = shelving(ctx, { id, shop, product, pieces, valueFen, lastDay, supplier });
  await post(ctx, {
    ...posting,
    kind: deliveryReceived,
    facts: { asked: hashOfAsked(input) },
    legs: [
      credit(supplied(product._id), pieces),
      ...(valueFen > 0 ? [debit(stock(shop._id), valueFen), credit(goodsReceived(shop._id), valueFen)] : []),
    ],
    writes: (posted) => [delivery(posted), recorded(ctx, 'delivery.received', { type: 'delivery', id })],
  });
  return id;
}
