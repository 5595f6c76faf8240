import type { Context } from '../kernel/context';
import { invariant } from '../kernel/errors';
import { lastFills, linesOfUses, traceOrigins } from '../ledger';
import { isLeft } from './free-of-gift';
import type { Gift } from './gift.model';
import { type GiftSums, type GiftTrace, type GiftUse, type ShownUse, shownUse, sumGift, traceGift } from './trace-gift';

/** Where a gift went, from the ledger as it stands now: all of it, and some of its uses as `choose` says, as lines of a page. */
export async function followGift<Chosen extends { rows: readonly GiftUse[] }>(
  ctx: Context,
  { number, amountFen }: Pick<Gift, 'number' | 'amountFen'>,
  choose: (uses: readonly GiftUse[]) => Chosen,
): Promise<GiftTrace & { page: Omit<Chosen, 'rows'> & { rows: ShownUse[] } }> {
  const origin = (await traceOrigins(ctx, [number])).get(number) ?? { gone: [], lots: [] };
  const waiting = origin.lots.filter(({ pool }) => !isLeft(pool)).map(({ code }) => code);
  const fills = await lastFills(ctx, number, waiting);
  const trace = traceGift(amountFen, origin, fills);
  const { rows: chosen, ...page } = choose(trace.uses);
  const filledBy = new Map([...fills.values()].map((line) => [line.seq, line]));
  const isWaiting = ({ kind }: GiftUse) => kind === 'held' || kind === 'apart';
  const goneBy = await linesOfUses(
    ctx,
    chosen.filter((use) => !isWaiting(use)).map(({ seq }) => seq),
  );
  const rows = chosen.map((use) => {
    const line = (isWaiting(use) ? filledBy : goneBy).get(use.seq);
    invariant(line, 'gift.use-has-its-entry', { seq: use.seq });
    return shownUse(use, line);
  });
  return { ...trace, page: { ...page, rows } };
}

/** The sums of several gifts by number, in one look. */
export async function sumGifts(ctx: Context, numbers: readonly string[]): Promise<Map<string, GiftSums>> {
  return new Map([...(await traceOrigins(ctx, numbers))].map(([number, trace]) => [number, sumGift(trace)]));
}
