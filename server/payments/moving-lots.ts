import type { LocalDate } from '../kernel/local-date';
import type { Draw, Posted } from '../ledger';
import type { HeldLot } from './payable.model';

/**
 * Draws that move a whole sum, lot by lot. A gift's last day is tested when its money is reserved for a family; from then on the sum is
 * the family's, so a lot whose last day passes on the way to the bank and back still moves (docs/decisions/0006).
 */
export function movingLots(pool: string, lots: readonly HeldLot[], to: Draw['to'], today: LocalDate): Draw[] {
  return lots.map(({ account, lastDay }) => ({
    from: pool,
    lot: account,
    amount: 'all',
    to,
    ...(lastDay !== undefined && lastDay < today && { expired: true }),
  }));
}

/** Where the drawn parts lie now, one for each lot of the pool they went to. */
export function lotsReached({ drawn }: Pick<Posted, 'drawn'>): HeldLot[] {
  const reached = new Map<string, HeldLot>();
  for (const { to, lastDay } of drawn) if (to) reached.set(to, { account: to, ...(lastDay && { lastDay }) });
  return [...reached.values()];
}
