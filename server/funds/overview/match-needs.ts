import { type Payment, poolsFor, type Restriction, restrictionOf, restrictionPool } from '../restrictions';

/** A sum that a family waits for, and what decides which money may pay it. */
export interface Need extends Payment {
  /** Readable number of its document, and its page. */
  number: string;
  href: string;
  amountFen: number;
}

/** Money of one restriction that can still be drawn. */
export interface FreeMoney {
  pool: string;
  freeFen: number;
}

/** Needs that the money there is does not cover, in the order of waiting, and wishes of givers that nobody waits for. */
export interface Mismatch {
  needsWithoutGift: { need: Need; shortFen: number }[];
  wishesWithoutNeed: (FreeMoney & { restriction: Restriction })[];
}

/**
 * Serves the needs in their order as the payments would be, the most restricted money first (FU7). What then is left under a wish, where
 * no need satisfies the wish at all, waits for a family, or for the giver's consent to another use (FU3).
 */
export function matchNeeds(money: readonly FreeMoney[], needs: readonly Need[]): Mismatch {
  const left = new Map(money.map(({ pool, freeFen }) => [pool, freeFen]));
  const dated = money.map(({ pool }) => restrictionOf(pool)).filter(({ lastDay }) => lastDay);
  const inGrace = money.filter(({ freeFen }) => freeFen > 0).map(({ pool }) => restrictionOf(pool)); // free after its day: it came back
  const wanted = new Set<string>();
  const needsWithoutGift = needs.flatMap((need) => {
    let shortFen = need.amountFen;
    for (const pool of poolsFor(need, dated, inGrace)) {
      wanted.add(pool);
      const part = Math.min(shortFen, left.get(pool) ?? 0);
      left.set(pool, (left.get(pool) ?? 0) - part);
      shortFen -= part;
    }
    return shortFen > 0 ? [{ need, shortFen }] : [];
  });
  const wishesWithoutNeed = money
    .filter(({ pool, freeFen }) => freeFen > 0 && !wanted.has(pool))
    .map((one) => ({ ...one, restriction: restrictionOf(one.pool) }))
    .filter(({ restriction }) => servesFamilies(restriction));
  return { needsWithoutGift, wishesWithoutNeed };
}

/** Goods, premiums and running costs are bought, not asked for by a family's case; money for anything needs no match. */
function servesFamilies(restriction: Restriction): boolean {
  if (['goods', 'premium', 'operating', 'elders', 'reliefAfterPolicy'].includes(restriction.purpose)) return false;
  return restrictionPool(restriction) !== restrictionPool({ purpose: 'general' });
}
