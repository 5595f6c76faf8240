import { type Fen, fen } from '../kernel/money';
import type { Gift } from './gift.model';

/** What of a gift has not gone back to the payer, spent or not: the sum that its receipt may say (DO5). */
export function keptFen({ amountFen, returnedFen = 0 }: Pick<Gift, 'amountFen' | 'returnedFen'>): Fen {
  return fen(amountFen - returnedFen);
}

/**
 * What a refund or a dispute makes of these two: no more than was given goes back as the gift, however much the provider has taken for it.
 * What goes beyond is counted apart, so that what comes back later may come back in any order.
 */
export function goneBack(
  gift: Pick<Gift, 'amountFen' | 'returnedFen' | 'beyondFen'>,
  byFen: number,
): Pick<Gift, 'returnedFen' | 'beyondFen'> {
  const takenFen = (gift.returnedFen ?? 0) + (gift.beyondFen ?? 0) + byFen;
  const returnedFen = Math.min(takenFen, gift.amountFen);
  return { returnedFen, beyondFen: takenFen - returnedFen };
}
