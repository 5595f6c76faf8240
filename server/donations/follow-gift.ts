import type { Context } from '../kernel/context';
import { lastFills, traceOrigins } from '../ledger';
import { isFree } from './free-of-gift';
import type { Gift } from './gift.model';
import { type GiftSums, type GiftTrace, sumGift, traceGift } from './trace-gift';

/** Where a gift went, from the ledger as it stands now. */
export async function followGift(ctx: Context, { number, amountFen }: Pick<Gift, 'number' | 'amountFen'>): Promise<GiftTrace> {
  const trace = (await traceOrigins(ctx, [number])).get(number) ?? { gone: [], lots: [] };
  const waiting = trace.lots.filter(({ pool }) => !isFree(pool)).map(({ code }) => code);
  return traceGift(amountFen, trace, await lastFills(ctx, number, waiting));
}

/** The sums of several gifts by number, in one look. */
export async function sumGifts(ctx: Context, numbers: readonly string[]): Promise<Map<string, GiftSums>> {
  return new Map([...(await traceOrigins(ctx, numbers))].map(([number, trace]) => [number, sumGift(trace)]));
}
