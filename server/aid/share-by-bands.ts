import { invariant } from '../kernel/errors';
import { type Fen, fen, pct } from '../kernel/money';

/** One band of own cost above the deductible: up to `toFen` (none: without end), paid at `rateBp`. */
interface Band {
  toFen?: number;
  rateBp: number;
}

/** How own cost turns into a sum (DOMAIN 5, IN5). */
export interface BandRule {
  deductibleFen: number;
  bands: readonly Band[];
  /** `whole`: all of it at the rate of the band it falls into; `slab`: each slice at its own rate. */
  mode: 'whole' | 'slab';
  /** Which band a cost exactly on a boundary belongs to: `low` the upper (`lo <= r < hi`), `high` the lower (`lo < r <= hi`). */
  boundary: 'low' | 'high';
}

/** The share of own cost above the deductible, in fen, rounded half up once. */
export function shareByBands(ownCostFen: number, rule: BandRule): Fen {
  const r = Math.max(0, ownCostFen - rule.deductibleFen);
  if (r === 0) return fen(0);
  return rule.mode === 'whole' ? pct(fen(r), bandOf(r, rule).rateBp) : slices(r, rule);
}

function bandOf(r: number, { bands, boundary }: BandRule): Band {
  const band = bands.find(({ toFen }) => toFen === undefined || (boundary === 'low' ? r < toFen : r <= toFen));
  invariant(band, 'bands.last-is-open', { bands: bands.length });
  return band;
}

function slices(r: number, { bands }: BandRule): Fen {
  let scaled = 0n;
  let from = 0;
  for (const { toFen, rateBp } of bands) {
    const to = Math.min(r, toFen ?? r);
    if (to > from) scaled += BigInt(to - from) * BigInt(rateBp);
    from = Math.max(from, to);
  }
  return fen(Number((scaled + 5000n) / 10_000n));
}
