import { findGoodsToShelve } from '../donations';
import { householdsById, shownName } from '../households';
import { may } from '../identity';
import type { Context } from '../kernel/context';
import { addDays, type LocalDate, shanghaiDay } from '../kernel/local-date';
import { randomId } from '../kernel/random';
import { type AccountView, balanceOf, findOpenLots } from '../ledger';
import type { Translate } from '../platform/i18n/translator';
import { divisionName } from '../regions';
import { findDeliveries, findRedemptionOrThrow, findRedemptions } from './find-redemptions';
import { findShelf } from './find-shelf';
import { findProducts, findShopOrThrow, findShops, shopById } from './find-shops';
import { shelfOf, stock } from './supermarket.accounts';
import type { RedemptionFilters } from './supermarket.inputs';

const deliveriesShown = 8;
const few = 3;
const soonDays = 7; // what ends within a week is offered first

/** The shops within reach, each with the value of what lies in it. */
export async function shopsPage(ctx: Context) {
  const shops = await findShops(ctx);
  const values = await Promise.all(shops.map(({ _id }) => balanceOf(ctx, stock(_id))));
  return {
    shops: shops.map(({ _id, name, village, phone }, at) => ({
      id: _id,
      name,
      phone,
      village: divisionName(village, ctx.locale),
      stockFen: values[at] ?? 0,
      stockHref: inBooks(ctx, `accounts/${encodeURIComponent(stock(_id))}`),
    })),
  };
}

/** One shop: its shelf as the ledger has it, and the last deliveries. */
export async function shopPage(ctx: Context, id: string) {
  const shop = await findShopOrThrow(ctx, id);
  const today = shanghaiDay(ctx.clock.now());
  const [items, deliveries, stockFen] = await Promise.all([
    findShelf(ctx, shop),
    findDeliveries(ctx, id, deliveriesShown),
    balanceOf(ctx, stock(id)),
  ]);
  const lots = await Promise.all(items.map(({ product }) => findOpenLots(ctx, shelfOf(id, product._id))));
  const products = new Map(items.map(({ product }) => [product._id, product]));
  return {
    shop: { id, name: shop.name, village: divisionName(shop.village, ctx.locale) },
    stockFen,
    stockHref: inBooks(ctx, `accounts/${encodeURIComponent(stock(id))}`),
    items: items.map(({ product, free }, at) => ({
      name: product.name,
      pack: product.pack,
      picture: product.good,
      points: product.points,
      free,
      isLow: free > 0 && free <= few,
      isOut: free === 0,
      ...shelfLife(lots[at] ?? [], today),
      valueFen: (lots[at] ?? []).reduce((total, { value = 0 }) => total + value, 0),
      href: inBooks(ctx, `pools/${encodeURIComponent(shelfOf(id, product._id))}`),
    })),
    deliveries: deliveries.map(({ number, product, pieces, valueFen, lastDay, supplier, receivedAt, seq }) => ({
      number,
      what: products.get(product)?.name ?? product,
      pieces,
      valueFen,
      lastDay,
      supplier,
      receivedAt,
      href: inBooks(ctx, `entries/${seq}`),
    })),
  };
}

/** When what lies on the shelf ends: the next last day, what ends within a week, and what is past it and must be taken off. */
function shelfLife(lots: readonly AccountView[], today: LocalDate) {
  const next = lots.find(({ lastDay }) => lastDay !== undefined && lastDay >= today)?.lastDay;
  const soon = addDays(today, soonDays);
  const piecesWhere = (holds: (lastDay: LocalDate) => boolean) =>
    lots.reduce((total, { lastDay, balance }) => (lastDay && holds(lastDay) ? total + balance : total), 0);
  return {
    nextLastDay: next,
    soonPieces: piecesWhere((lastDay) => lastDay >= today && lastDay <= soon),
    pastPieces: piecesWhere((lastDay) => lastDay < today),
  };
}

/** The form of a delivery. */
export async function deliveryPage(ctx: Context, id: string) {
  const shop = await findShopOrThrow(ctx, id);
  const products = await findProducts(ctx);
  return {
    shop: { id, name: shop.name },
    products: products.map(({ _id, name, pack }) => ({ value: _id, label: `${name} ${pack}` })),
    today: shanghaiDay(ctx.clock.now()),
    requestKey: randomId(ctx.random, 'req'),
  };
}

/** The form that puts given goods on the shelf: what waits in the store for a shop of this village. */
export async function givenPage(ctx: Context, t: Translate, id: string) {
  const shop = await findShopOrThrow(ctx, id);
  const [waiting, products] = await Promise.all([findGoodsToShelve(ctx, shop.village), findProducts(ctx)]);
  return {
    shop: { id, name: shop.name },
    waiting: waiting.map(({ offer, line, number, name, unit, left, lastDay }) => ({
      value: `${offer}:${line}`,
      label: t(lastDay ? 'supermarket:given.choiceUntil' : 'supermarket:given.choice', { number, name, left, unit, lastDay }),
    })),
    products: products.map(({ _id, name, pack }) => ({ value: _id, label: `${name} ${pack}` })),
    requestKey: randomId(ctx.random, 'req'),
  };
}

/** The slips of one shop, newest first. */
export async function redemptionsPage(ctx: Context, id: string, filters: RedemptionFilters) {
  const shop = await findShopOrThrow(ctx, id);
  const { rows, next } = await findRedemptions(ctx, id, filters);
  const households = await householdsById(
    ctx,
    rows.map(({ household }) => household),
  );
  return {
    shop: { id, name: shop.name },
    rows: rows.map((one) => {
      const household = households.get(one.household);
      return {
        href: `/shops/redemptions/${one._id}`,
        slip: one.slip,
        at: one.at,
        who: household ? shownName(household) : one.household,
        what: one.lines.map(({ name, pieces }) => `${name} × ${pieces}`).join('，'),
        points: one.points,
        entryHref: inBooks(ctx, `entries/${one.seq}`),
      };
    }),
    next,
  };
}

/** One slip, as it is printed on 58 mm. */
export async function redemptionSlipPage(ctx: Context, id: string) {
  const redemption = await findRedemptionOrThrow(ctx, id);
  const shop = await shopById(ctx, redemption.shop);
  const { slip, at, lines, points } = redemption;
  return {
    shop: { id: redemption.shop, name: shop?.name ?? '' },
    backHref: `/shops/${redemption.shop}/redemptions`,
    entryHref: inBooks(ctx, `entries/${redemption.seq}`),
    seq: redemption.seq,
    slip,
    pickUp: slip.slice(-2),
    at,
    lines,
    points,
  };
}

/** The ledger's page, for those who may open it. */
function inBooks(ctx: Context, page: string): string | undefined {
  return may(ctx.actor, 'ledger.read') ? `/ledger/${page}` : undefined;
}
