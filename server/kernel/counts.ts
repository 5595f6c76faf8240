import { invariant } from './errors';
import { isAmount } from './whole-number';

declare const pointsBrand: unique symbol;
declare const piecesBrand: unique symbol;

/** Points of a household: a whole number, at most 2^51 - 1. Negative only as a difference. */
export type Points = number & { readonly [pointsBrand]: true };

/** Pieces of one product (a bag, a bottle): a whole number, at most 2^51 - 1. Negative only as a difference (a short count). */
export type Pieces = number & { readonly [piecesBrand]: true };

/** Checks that a number is whole points; what is not breaks an invariant, since input was parsed before. */
export function points(count: number): Points {
  invariant(isAmount(count), 'points.whole', { count: String(count) });
  return (count + 0) as Points; // + 0 turns -0 into 0
}

/** Checks that a number is whole pieces; what is not breaks an invariant, since input was parsed before. */
export function pieces(count: number): Pieces {
  invariant(isAmount(count), 'pieces.whole', { count: String(count) });
  return (count + 0) as Pieces;
}
