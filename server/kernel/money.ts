import { invariant } from './errors';
import { isAmount } from './whole-number';

declare const fenBrand: unique symbol;

/** Money: whole fen (1/100 yuan), at most 2^51 - 1. Negative only as a difference (a loss, a shortfall), never as something paid. */
export type Fen = number & { readonly [fenBrand]: true };

/** Checks that a number is whole fen within the ceiling; what is not breaks an invariant, since input was parsed before. */
export function fen(amount: number): Fen {
  invariant(isAmount(amount), 'money.whole-fen', { amount: String(amount) });
  return (amount + 0) as Fen; // + 0 turns -0 into 0
}

/** The sum, checked; 0 for none. */
export function sumFen(amounts: Iterable<Fen>): Fen {
  let sum = 0;
  for (const amount of amounts) sum = fen(sum + amount);
  return fen(sum);
}

/** A share in basis points (1/10,000), rounded half up, once, last: `floor((amount * bp + 5000) / 10000)` (DOMAIN 0). */
export function pct(amount: Fen, basisPoints: number): Fen {
  invariant(Number.isSafeInteger(basisPoints), 'money.whole-basis-points', { basisPoints: String(basisPoints) });
  const scaled = BigInt(amount) * BigInt(basisPoints) + 5000n; // passes 2^53 for a large amount, hence BigInt
  const floored = scaled >= 0n ? scaled / 10_000n : (scaled - 9_999n) / 10_000n; // BigInt division cuts towards zero
  return fen(Number(floored));
}

/**
 * Splits an amount by whole, non-negative weights so that the parts sum to it exactly: each part rounded down, the fen left over
 * one each to the largest remainders, ties by order (so sort by id where the rule
 * says so; DOMAIN 13, LI3). To split evenly, give equal weights.
 */
export function allocate(total: Fen, weights: readonly number[]): Fen[] {
  invariant(total >= 0, 'money.allocate-not-negative', { total });
  invariant(
    weights.every((weight) => Number.isSafeInteger(weight) && weight >= 0),
    'money.whole-weights',
    { weights: weights.join(' ') },
  );
  const whole = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  invariant(whole > 0n, 'money.some-weight', { weights: weights.join(' ') });

  const shares = weights.map((weight, order) => {
    const product = BigInt(total) * BigInt(weight);
    return { order, part: Number(product / whole), remainder: product % whole };
  });
  const left = total - shares.reduce((sum, share) => sum + share.part, 0);
  const favoured = [...shares].sort((a, b) => compare(b.remainder, a.remainder) || a.order - b.order).slice(0, left);
  for (const share of favoured) share.part += 1;
  return shares.map((share) => fen(share.part));
}

function compare(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
