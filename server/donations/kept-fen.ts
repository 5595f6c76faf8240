import { type Fen, fen } from '../kernel/money';
import type { Gift } from './gift.model';

/** What of a gift has not gone back to the payer, spent or not: the sum that its receipt may say (DO5). */
export function keptFen({ amountFen, returnedFen = 0 }: Pick<Gift, 'amountFen' | 'returnedFen'>): Fen {
  return fen(amountFen - returnedFen);
}
