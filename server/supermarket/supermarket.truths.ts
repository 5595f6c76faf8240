import type { Context } from '../kernel/context';
import type { Truth, Violation } from '../kernel/truths';
import { balanceOf, findEntryByKey, findOpenLots, findPools, type StoredLeg } from '../ledger';
import { points } from '../points';
import { findProducts } from './find-shops';
import { Redemption } from './redemption.model';
import { Shop } from './shop.model';
import { handedOver, pointsSpent, shelfOf, stock, supplied } from './supermarket.accounts';

const shown = 20;
const lotsRead = 10_000;

/** Received − handed over = on hand, in pieces and in book value; each redemption is one whole entry; slips have no gap. */
const goodsAddUp: Truth = {
  id: 'I9',
  says: 'pieces received less those handed over lie on shelves, a shop’s stock is the value of its lots; each redemption took points, goods and book value in one entry; slip numbers have no gap',
  check: async (ctx) => {
    const shops = await Shop.find({ ledger: ctx.ledger }).lean<Shop[]>();
    return [
      ...(await piecesAstray(ctx, shops)),
      ...(await valuesAstray(ctx, shops)),
      ...(await slipGaps(ctx, shops)),
      ...(await redemptionsUnlikeEntries(ctx)),
    ];
  },
};

export const supermarketTruths: readonly Truth[] = [goodsAddUp];

async function piecesAstray(ctx: Context, shops: readonly Shop[]): Promise<Violation[]> {
  const wrong: Violation[] = [];
  for (const { _id: product } of await findProducts(ctx)) {
    const [came, went, pools] = await Promise.all([
      balanceOf(ctx, supplied(product)),
      balanceOf(ctx, handedOver(product)),
      findPools(
        ctx,
        shops.map(({ _id }) => shelfOf(_id, product)),
      ),
    ]);
    const there = pools.reduce((total, pool) => total + pool.total, 0);
    if (came - went !== there) wrong.push(violation(`${came} came, ${went} went, ${there} are there`, product));
  }
  return wrong;
}

async function valuesAstray(ctx: Context, shops: readonly Shop[]): Promise<Violation[]> {
  const wrong: Violation[] = [];
  const products = await findProducts(ctx);
  for (const { _id: shop } of shops) {
    let value = 0;
    for (const { _id: product } of products) {
      const lots = await findOpenLots(ctx, shelfOf(shop, product), { limit: lotsRead });
      value += lots.reduce((total, lot) => total + (lot.value ?? 0), 0);
    }
    const booked = await balanceOf(ctx, stock(shop));
    if (booked !== value) wrong.push(violation(`stock says ${booked} fen, its lots ${value}`, shop));
  }
  return wrong;
}

async function slipGaps(ctx: Context, shops: readonly Shop[]): Promise<Violation[]> {
  const wrong: Violation[] = [];
  for (const { _id: shop } of shops) {
    const [range] = await Redemption.aggregate<{ slips: number; distinct: number; last: string }>([
      { $match: { ledger: ctx.ledger, shop } },
      { $group: { _id: null, slips: { $sum: 1 }, numbers: { $addToSet: '$slip' }, last: { $max: '$slip' } } },
      { $project: { slips: 1, last: 1, distinct: { $size: '$numbers' } } },
    ]);
    const last = Number(range?.last.split('-').at(-1) ?? 0);
    if (range && !(range.slips === last && range.distinct === last)) {
      wrong.push(violation(`${range.slips} slips, ${range.distinct} numbers, the last is ${last}`, shop));
    }
  }
  return wrong;
}

async function redemptionsUnlikeEntries(ctx: Context): Promise<Violation[]> {
  const wrong: Violation[] = [];
  for await (const one of Redemption.find({ ledger: ctx.ledger }).lean<Redemption[]>().cursor()) {
    const entry = await findEntryByKey(ctx, one.key);
    if (!entry || entry.seq !== one.seq || !isWhole(one, entry.legs)) wrong.push(violation('redemption and entry differ', one._id));
    if (wrong.length >= shown) break;
  }
  return wrong;
}

/** Points gone, pieces handed over and their book value, as the slip says. */
function isWhole(redemption: Redemption, legs: readonly StoredLeg[]): boolean {
  const moved = (account: string) => legs.filter((leg) => leg.account === account).reduce((total, { amount }) => total + amount, 0);
  const costFen = redemption.lines.reduce((total, line) => total + line.costFen, 0);
  const fromHousehold = legs
    .filter(({ account }) => account.startsWith(`${points.className}:`))
    .reduce((total, { amount }) => total + amount, 0);
  return (
    fromHousehold === redemption.points &&
    moved(pointsSpent(redemption.shop)) === -redemption.points &&
    moved(stock(redemption.shop)) === -costFen &&
    redemption.lines.every(({ product, pieces }) => moved(handedOver(product)) === pieces)
  );
}

function violation(what: string, where: string): Violation {
  return { truth: 'I9', what, where };
}
