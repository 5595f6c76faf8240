import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { anyOf } from '../platform/mongo/operators';
import type { Good } from './goods';
import { Product } from './product.model';
import type { BasketLine } from './supermarket.inputs';

/** A line of a basket with its product as it is now. */
export interface PricedLine {
  product: Product;
  good: Good;
  pieces: number;
}

/**
 * The products of a basket, each once. @throws `supermarket.nothing-chosen` for an unknown product, `supermarket.price-changed` with the
 * first whose price is no longer the one that was shown.
 */
export async function pricedLines(ctx: Pick<Context, 'ledger'>, basket: readonly BasketLine[]): Promise<PricedLine[]> {
  const ids = [...new Set(basket.map(({ product }) => product))];
  const found = await Product.find({ ledger: ctx.ledger, _id: anyOf(ids) }).lean<Product[]>();
  const products = new Map(found.map((product) => [product._id, product]));
  for (const { product: id, points: shown } of basket) {
    const product = products.get(id) ?? fail('supermarket.nothing-chosen');
    if (product.points !== shown) fail('supermarket.price-changed', { name: product.name, was: shown, is: product.points });
  }
  return found.map((product) => ({ product, good: product.good, pieces: piecesOf(basket, product._id) })).sort(byRank);
}

/** What a basket costs, in points. */
export function pointsOf(lines: readonly { product: Pick<Product, 'points'>; pieces: number }[]): number {
  return lines.reduce((total, { product, pieces }) => total + product.points * pieces, 0);
}

function piecesOf(basket: readonly BasketLine[], id: string): number {
  return basket.filter(({ product }) => product === id).reduce((total, { pieces }) => total + pieces, 0);
}

function byRank(a: PricedLine, b: PricedLine): number {
  return a.product.rank - b.product.rank || (a.product._id < b.product._id ? -1 : 1);
}
