import type { Context } from '../kernel/context';
import { isRefused } from '../ledger';
import { findGiftById } from './find-gifts';
import type { Gift } from './gift.model';

const tries = 5; // webhook, return page and sweep may come at one moment; each may lose against the others once

/**
 * Loads a gift and acts on it; when somebody else changed it between the two, loads it again. For acts whose key stays the same and
 * whose decision is taken anew each time.
 */
export async function onFreshGift<Done>(ctx: Context, id: string, act: (gift: Gift) => Promise<Done>): Promise<Done> {
  for (let left = tries; ; left -= 1) {
    try {
      return await act(await findGiftById(ctx, id));
    } catch (error) {
      if (left <= 1 || !(isRefused(error, 'stale') || isRefused(error, 'exists'))) throw error;
    }
  }
}
