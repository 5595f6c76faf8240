import { recorded } from '../audit';
import { prepareShelving } from '../donations';
import type { Context } from '../kernel/context';
import { failField } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { credit, debit, LedgerConflict, post } from '../ledger';
import { hashOfAsked } from '../platform/crypto/hash-of-asked';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { Delivery } from './delivery.model';
import { placeOnShelf, shelving } from './put-on-shelf';
import { givenShelved, goodsReceived, stock, supplied } from './supermarket.accounts';
import type { ShelveGivenInput } from './supermarket.inputs';

/**
 * Puts given goods on a shop's shelf at the value of their gift (SH5): pieces, book value and the gift's lot move in one entry, so that the
 * giver sees in which village they are. Returns the delivery's id.
 * @throws what {@link placeOnShelf} and {@link prepareShelving} throw, `input.invalid` for goods past their day, `ledger.conflict` when the
 * key was used for something else.
 */
export async function shelveGivenGoods(ctx: Context, input: ShelveGivenInput): Promise<string> {
  const { requestKey, pieces, quantity } = input;
  const { shop, product } = await placeOnShelf(ctx, input);
  const id = idOfRequest(ctx, 'dlv', requestKey);
  const [offer = '', line = ''] = input.given.split(':');
  const given = { offer, line: Number(line), quantity };
  const before = await Delivery.findOne({ _id: id, ledger: ctx.ledger }).lean<Delivery>();
  if (before) return isSame(before, { shop: shop._id, product: product._id, pieces, given }) ? id : conflict(requestKey);
  const prepared = await prepareShelving(ctx, { ...given, village: shop.village, income: goodsReceived(shop._id) });
  const { lastDay, valueFen } = prepared;
  if (lastDay && lastDay < shanghaiDay(ctx.clock.now())) failField('given', 'shelf-life-over');

  const supplier = `${prepared.giver} ${prepared.number}`;
  const { delivery, ...posting } = shelving(ctx, { id, shop, product, pieces, valueFen, lastDay, supplier, given });
  await post(ctx, {
    ...posting,
    kind: givenShelved,
    facts: { asked: hashOfAsked(input) },
    legs: [credit(supplied(product._id), pieces), ...(valueFen > 0 ? [debit(stock(shop._id), valueFen)] : []), ...prepared.legs],
    draws: prepared.draws,
    guards: prepared.guards,
    writes: (posted) => [
      ...prepared.writes,
      delivery(posted),
      recorded(ctx, 'goods.shelved', { type: 'delivery', id }, { amountFen: valueFen }),
    ],
  });
  return id;
}

/** Whether a form was sent twice: asked of what was kept, since the goods are no longer in the store. */
function isSame(before: Delivery, asked: Required<Pick<Delivery, 'shop' | 'product' | 'pieces' | 'given'>>): boolean {
  const { shop, product, pieces, given } = before;
  const isSameLine = given?.offer === asked.given.offer && given.line === asked.given.line && given.quantity === asked.given.quantity;
  return isSameLine && shop === asked.shop && product === asked.product && pieces === asked.pieces;
}

function conflict(key: string): never {
  throw new LedgerConflict(key);
}
