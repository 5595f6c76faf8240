import type { AccountCode, PoolCode } from './chart';
import type { Draw, EnsuredPosting, Posting } from './posting';

/** The accounts that a posting names. Lots that its draws and its reversal will reach are found later, from what was loaded. */
export function accountsOf(posting: Posting | EnsuredPosting): AccountCode[] {
  const asked = posting as Posting;
  return [
    ...(asked.legs ?? []).map((leg) => leg.account),
    ...(asked.lots ?? []).map((lot) => lot.lot),
    ...(asked.status ?? []).map((change) => change.account),
    ...(asked.draws ?? []).flatMap((draw) => [
      ...(draw.lot ? [draw.lot] : []),
      ...(typeof draw.to === 'string' ? [draw.to] : []),
      ...(draw.short ? [draw.short.debit, draw.short.credit] : []),
      ...(draw.cost ? [draw.cost.from, draw.cost.to] : []),
    ]),
  ];
}

/** The pools that a posting fills, searches or draws into. */
export function poolsOf(posting: Posting | EnsuredPosting): PoolCode[] {
  const asked = posting as Posting;
  return [
    ...(asked.lots ?? []).map((lot) => lot.pool),
    ...(asked.draws ?? []).flatMap((draw) => [...drawnPools(draw), ...(typeof draw.to === 'string' ? [] : [draw.to.pool])]),
  ];
}

/** The pools that a draw searches; a draw on one named lot searches none. */
export function drawnPools(draw: Draw): readonly PoolCode[] {
  if (draw.lot) return [];
  return typeof draw.from === 'string' ? [draw.from] : draw.from;
}

/** How much a draw may take. */
export function wantedFrom(draw: Draw): number {
  if (draw.amount === 'all') return Number.POSITIVE_INFINITY;
  return typeof draw.amount === 'number' ? draw.amount : draw.amount.upTo;
}
