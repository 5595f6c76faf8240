import type { LimitUse } from './item-limits';

/** How many points may be redeemed with nothing but the card: an allowance of `most` points, granted at its first use. */
export interface PointsBound {
  allowance: LimitUse['allowance'];
  most: number;
}
