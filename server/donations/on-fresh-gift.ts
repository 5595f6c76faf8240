import type { Context } from '../kernel/context';
import { isRefused, LedgerConflict } from '../ledger';
import { findGiftById } from './find-gifts';
import type { Gift } from './gift.model';

const usualTries = 5; // webhook, return page and sweep may come at one moment; each may lose against the others once

/** Loads a gift and acts on it, see {@link onFresh}. */
export function onFreshGift<Done>(ctx: Context, id: string, act: (gift: Gift) => Promise<Done>, tries = usualTries): Promise<Done> {
  return onFresh(() => findGiftById(ctx, id), act, tries);
}

/**
 * Loads a document and acts on it; when somebody else changed it between the two, or used the key for something else, loads it again. For
 * acts whose key stays the same and whose decision is taken anew each time.
 */
export async function onFresh<Loaded, Done>(
  load: () => Promise<Loaded>,
  act: (loaded: Loaded) => Promise<Done>,
  tries = usualTries,
): Promise<Done> {
  for (let left = tries; ; left -= 1) {
    try {
      return await act(await load());
    } catch (error) {
      const cameFirst = isRefused(error, 'stale') || isRefused(error, 'exists') || error instanceof LedgerConflict;
      if (left <= 1 || !cameFirst) throw error;
    }
  }
}
