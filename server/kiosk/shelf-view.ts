import type { LimitLeft, ShelfItem } from '../supermarket';

/** Why no more of a good can be taken now; it stays visible. `most` pieces may be had at all. */
export type Hindrance =
  | { why: 'outOfStock'; most: number }
  | { why: 'limit'; most: number; per: 'month' | 'year' }
  | { why: 'points'; missing: number };

/** A good on the kiosk's shelf. */
export interface ShelfGood {
  id: string;
  name: string;
  pack: string;
  picture: string;
  points: number;
  chosen: number;
  /** Why no more of it can be added. */
  hindrance?: Hindrance;
}

/** The shelf as one family sees it. */
export interface ShelfView {
  goods: ShelfGood[];
  pieces: number;
  used: number;
  left: number;
}

export interface ShelfFacts {
  items: readonly ShelfItem[];
  limits: readonly LimitLeft[];
  balance: number;
  basket: Readonly<Record<string, number>>;
}

/**
 * What can be had first, in the shelf's order; the order does not depend on the basket, so nothing jumps under a finger. A good that
 * cannot be taken says why: none on the shelf, this month's limit, or so many points short of it after the basket.
 */
export function shelfView({ items, limits, balance, basket }: ShelfFacts): ShelfView {
  const used = items.reduce((total, { product }) => total + product.points * (basket[product._id] ?? 0), 0);
  const pieces = items.reduce((total, { product }) => total + (basket[product._id] ?? 0), 0);
  const left = balance - used;
  const goods = items.map((item): ShelfGood => {
    const { _id: id, name, pack, good: picture, points } = item.product;
    const chosen = basket[id] ?? 0;
    const hindrance = hindranceOf(item, { limits, left, chosen, chosenOfGood: chosenOf(items, basket, picture) });
    return { id, name, pack, picture, points, chosen, ...(hindrance && { hindrance }) };
  });
  const outOfReach = new Set(
    items.filter((item) => hindranceOf(item, { limits, left: balance, chosen: 0, chosenOfGood: 0 })).map(({ product }) => product._id),
  );
  return { goods: [...goods.filter(({ id }) => !outOfReach.has(id)), ...goods.filter(({ id }) => outOfReach.has(id))], pieces, used, left };
}

function hindranceOf(
  { product, free }: ShelfItem,
  { limits, left, chosen, chosenOfGood }: { limits: readonly LimitLeft[]; left: number; chosen: number; chosenOfGood: number },
): Hindrance | undefined {
  const limit = limits.find(({ good }) => good === product.good);
  if (free <= chosen) return { why: 'outOfStock', most: free };
  if (limit && limit.left <= chosenOfGood) return { why: 'limit', most: limit.pieces, per: limit.per };
  return product.points > left ? { why: 'points', missing: product.points - left } : undefined;
}

function chosenOf(items: readonly ShelfItem[], basket: Readonly<Record<string, number>>, good: string): number {
  return items.filter(({ product }) => product.good === good).reduce((total, { product }) => total + (basket[product._id] ?? 0), 0);
}
