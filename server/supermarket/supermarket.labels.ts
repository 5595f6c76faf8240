import { actingBy, may, type Permission } from '../identity';
import type { Context } from '../kernel/context';
import { type AccountCode, type Label, nameAccounts, nameDocuments, nameUnits, numberDocuments } from '../ledger';
import { anyOf } from '../platform/mongo/operators';
import { divisionName } from '../regions';
import { Delivery } from './delivery.model';
import { Product } from './product.model';
import { Redemption } from './redemption.model';
import { Shop } from './shop.model';
import { withinShops } from './shop-reach';
import { givenOut, goodsReceived, handedOver, pointsSpent, shelf, stock, supplied } from './supermarket.accounts';

type Names = (ctx: Context, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** Tells the ledger's pages what shelves, stocks, deliveries and redemptions are called. */
export function nameSupermarket(): void {
  nameAccounts(shelf.className, byParts(shopNames, productNames, deliveryNumbers));
  for (const { className } of [supplied, handedOver]) nameAccounts(className, byParts(productNames));
  for (const { className } of [stock, goodsReceived, pointsSpent]) nameAccounts(className, byParts(shopNames));
  nameAccounts(givenOut.className, byParts(villageNames));
  nameUnits('goods', async (ctx, units) => {
    const found = await productNames(
      ctx,
      units.map((unit) => unit.slice('goods:'.length)),
    );
    return new Map([...found].map(([id, text]) => [`goods:${id}`, { text }]));
  });
  nameDocuments('redemption', linked(slipNumbers, { at: '/shops/redemptions', for: 'redemption.read' }));
  nameDocuments('delivery', linked(deliveryNumbers));
  nameDocuments('product', linked(productNames));
  nameDocuments('shop', linked(shopNames, { at: '/shops', for: 'shop.read' }));
  numberDocuments('redemption', async (ctx, slip) => {
    const reached = withinShops(actingBy(ctx, 'redemption.read'));
    const found = await Redemption.findOne({ ledger: ctx.ledger, slip, $and: [reached] }, { seq: 1 }).lean<
      Pick<Redemption, '_id' | 'seq'>
    >();
    return found ? { id: found._id, seq: found.seq } : undefined;
  });
  numberDocuments('delivery', async (ctx, number) => {
    const reached = withinShops(actingBy(ctx, 'shop.read'));
    const found = await Delivery.findOne({ ledger: ctx.ledger, number, $and: [reached] }, { seq: 1 }).lean<Pick<Delivery, '_id' | 'seq'>>();
    return found ? { id: found._id, seq: found.seq } : undefined;
  });
}

const shopNames: Names = async ({ ledger }, ids) => {
  const found = await Shop.find({ ledger, _id: anyOf(ids) }).lean<Shop[]>();
  return new Map(found.map(({ _id, name }) => [_id, name]));
};
const productNames: Names = async ({ ledger }, ids) => {
  const found = await Product.find({ ledger, _id: anyOf(ids) }).lean<Product[]>();
  return new Map(found.map(({ _id, name, pack }) => [_id, `${name} ${pack}`]));
};
const deliveryNumbers: Names = async ({ ledger }, ids) => {
  const found = await Delivery.find({ ledger, _id: anyOf(ids) }, { number: 1 }).lean<Pick<Delivery, '_id' | 'number'>[]>();
  return new Map(found.map(({ _id, number }) => [_id, number]));
};
const slipNumbers: Names = async ({ ledger }, ids) => {
  const found = await Redemption.find({ ledger, _id: anyOf(ids) }, { slip: 1 }).lean<Pick<Redemption, '_id' | 'slip'>[]>();
  return new Map(found.map(({ _id, slip }) => [_id, slip]));
};
const villageNames: Names = async ({ locale }, codes) => new Map(codes.map((code) => [code, divisionName(code, locale)]));

/** Labels of accounts whose code's parts, in order, are named so. */
function byParts(...names: readonly Names[]) {
  return async (ctx: Context, codes: readonly AccountCode[]): Promise<Map<AccountCode, Label>> => {
    const parts = codes.map((code) => code.split(':').slice(1));
    const found = await Promise.all(names.map((name, at) => name(ctx, [...new Set(parts.flatMap((all) => all[at] ?? []))])));
    const textOf = (all: readonly string[]) => all.map((id, at) => found[at]?.get(id) ?? id).join(' ');
    return new Map(codes.map((code, at) => [code, { text: textOf(parts[at] ?? []) }]));
  };
}

/** Labels of documents, with the page that shows each to whoever may open it. */
function linked(names: Names, page?: { at: string; for: Permission }) {
  return async (ctx: Context, ids: readonly string[]): Promise<Map<string, Label>> => {
    const found = await names(ctx, ids);
    const mayOpen = page && may(ctx.actor, page.for);
    return new Map([...found].map(([id, text]) => [id, { text, ...(mayOpen && { href: `${page.at}/${id}` }) }]));
  };
}
