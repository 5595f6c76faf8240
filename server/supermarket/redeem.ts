import { recorded } from '../audit';
import { type Household, householdsById } from '../households';
import type { Context } from '../kernel/context';
import { fail, invariant } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { type DrawnLot, grantAllowance, isRefused, post, useAllowance } from '../ledger';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { insertion, unchanged } from '../platform/mongo/document-writes';
import { points } from '../points';
import { settingsInForce } from '../settings';
import { shopById } from './find-shops';
import { type LimitUse, limitUses } from './item-limits';
import type { PointsBound } from './points-bound';
import { type PricedLine, pointsOf, pricedLines } from './priced-lines';
import { Product } from './product.model';
import { Redemption } from './redemption.model';
import type { Shop } from './shop.model';
import { givenOut, goodsRedeemed, handedOver, pointsSpent, shelfOf, slipsOf, stock } from './supermarket.accounts';
import type { RedeemInput } from './supermarket.inputs';
import { forbiddenCategories, itemLimits } from './supermarket.settings';
import { inWords } from './why-refused';

const racesTolerated = 5;

/**
 * Exchanges a household's points for goods of one shop: points, pieces, book value and limits in one entry with one slip number, or
 * nothing (DOMAIN 10, SH1). The same request key gives the same slip, however often it is tapped. The caller has made sure that the
 * household is here (card, and PIN above the limit) and that the actor serves this shop.
 *
 * @throws `supermarket.price-changed` when a price is no longer the one shown; `supermarket.points-missing`, `.out-of-stock` and
 * `.limit-reached` with the numbers of the refusal, `.pin-needed` when the points pass `bound`, `.nothing-chosen` for what is not, or no
 * longer, handed out. Nothing has moved then.
 */
export async function redeem(ctx: Context, input: RedeemInput, bound?: PointsBound): Promise<Redemption> {
  const shop = (await shopById(ctx, input.shop)) ?? fail('not-found');
  const household = (await householdsById(ctx, [input.household])).get(input.household) ?? fail('not-found');
  const id = idOfRequest(ctx, 'rdm', `${shop._id}/${input.requestKey}`);
  const done = await findRedemption(ctx, id);
  if (done) return isSame(done, input) ? done : fail('ledger.conflict', { key: input.requestKey }); // a repeated tap: the same slip, whatever prices are now

  const day = shanghaiDay(ctx.clock.now());
  const set = await settingsInForce(ctx, { itemLimits, forbiddenCategories }, { day, place: shop.village });

  for (let race = 0; race < racesTolerated; race += 1) {
    const lines = await pricedLines(ctx, input.basket);
    if (lines.some(({ product }) => set.forbiddenCategories.value.includes(product.category))) fail('supermarket.nothing-chosen');
    const uses = limitUses(set.itemLimits.value, { lines, surrogate: household.surrogate, day });
    try {
      return await handOut(ctx, {
        id,
        shop,
        household,
        lines,
        uses,
        bound,
        settings: [set.itemLimits.versionId, set.forbiddenCategories.versionId],
      });
    } catch (error) {
      if (!isRefused(error, 'stale')) throw inWords(error, lines, uses, bound);
      // A price was set between reading and committing: read it, and see whether it is the one that was shown.
    }
  }
  return fail('state.stale');
}

interface HandOut {
  id: string;
  shop: Shop;
  household: Household;
  lines: readonly PricedLine[];
  uses: readonly LimitUse[];
  bound: PointsBound | undefined;
  settings: string[];
}

async function handOut(ctx: Context, { id, shop, household, lines, uses, bound, settings }: HandOut): Promise<Redemption> {
  const at = ctx.clock.now();
  const slips = slipsOf(shop);
  const total = pointsOf(lines);
  const key = `redemption:${id}:made`;
  await post(ctx, {
    key,
    kind: goodsRedeemed,
    source: { type: 'redemption', id },
    tags: { village: household.village, ...(household.monitored && { cause: household.monitored.cause }) },
    ensure: [
      ...uses.map(({ allowance, limit }) => grantAllowance(allowance, limit.pieces)),
      ...(bound && bound.most > 0 ? [grantAllowance(bound.allowance, bound.most)] : []),
    ],
    legs: [
      ...uses.flatMap(({ allowance, pieces }) => useAllowance(allowance, pieces)),
      ...(bound ? useAllowance(bound.allowance, total) : []),
    ],
    draws: [
      { from: points(household.surrogate), amount: total, to: pointsSpent(shop._id) },
      ...lines.map(({ product, pieces }) => ({
        from: shelfOf(shop._id, product._id),
        amount: pieces,
        to: handedOver(product._id),
        cost: { from: stock(shop._id), to: givenOut(household.village) },
      })),
    ],
    numbers: [slips],
    guards: lines.map(({ product }) => unchanged(Product, product)), // the price of that moment
    writes: ({ seq, numbers, drawn }) => {
      invariant(seq !== null, 'redemption.is-an-entry');
      return [
        insertion(ctx, Redemption, {
          _id: id,
          shop: shop._id,
          household: household._id,
          village: household.village,
          slip: numbers[slips.name] ?? '',
          lines: lines.map((line) => ({ ...slipLine(line), costFen: costOf(drawn, shelfOf(shop._id, line.product._id)) })),
          points: total,
          at,
          by: ctx.actor.id,
          key,
          seq,
          settings,
        }),
        recorded(ctx, 'goods.redeemed', { type: 'redemption', id }),
      ];
    },
  });
  return (await findRedemption(ctx, id)) ?? fail('not-found');
}

async function findRedemption(ctx: Context, id: string): Promise<Redemption | null> {
  return Redemption.findOne({ _id: id, ledger: ctx.ledger }).lean<Redemption>();
}

/** The same household and the same pieces: an honest retry. */
function isSame(done: Redemption, { household, basket }: RedeemInput): boolean {
  const text = (lines: readonly { product: string; pieces: number }[]) =>
    lines
      .map(({ product, pieces }) => `${product} ${pieces}`)
      .sort()
      .join('\n');
  return done.household === household && text(done.lines) === text(basket);
}

function slipLine({ product: { _id, name, pack, good, points: each }, pieces }: PricedLine) {
  return { product: _id, name, pack, good, pieces, points: each };
}

function costOf(drawn: readonly DrawnLot[], shelf: string): number {
  return drawn.filter(({ pool }) => pool === shelf).reduce((total, { cost = 0 }) => total + cost, 0);
}
