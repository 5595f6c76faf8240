import type { TransferGift } from '../../donations';
import type { Fen } from '../../kernel/money';
import type { Hint } from '../statements/statement-line.model';

/** What a line that came in is, as far as rules can say. */
export type GiftVerdict =
  | { do: 'matchBooked'; gift: TransferGift }
  | { do: 'book'; gift: TransferGift }
  | { do: 'leave'; hint?: { code: Hint; gift?: string } };

interface Facts {
  amountFen: Fen;
  /** The gift that this serial number has brought, if it is booked. */
  booked: TransferGift | undefined;
  /** The gift numbers in its remark, and the gifts that bear them. */
  named: readonly { number: string; gift: TransferGift | undefined }[];
}

/**
 * A line is what its serial number has been booked as; else the one open gift that its remark names, when the sum is the announced one to
 * the fen. A part of the sum, a second transfer, several numbers: a person decides, since the money could be meant otherwise.
 */
export function chooseGift({ amountFen, booked, named }: Facts): GiftVerdict {
  if (booked) {
    const { amountFen: bookedFen, number } = booked;
    return bookedFen === amountFen
      ? { do: 'matchBooked', gift: booked }
      : { do: 'leave', hint: { code: 'booked-otherwise', gift: number } };
  }
  const [only, ...others] = named;
  if (!only) return { do: 'leave' };
  if (others.length > 0) return { do: 'leave', hint: { code: 'several-gifts' } };
  const { number, gift } = only;
  if (!gift) return { do: 'leave', hint: { code: 'no-such-gift', gift: number } };
  if (gift.isPaid || !gift.isOpen) return { do: 'leave', hint: { code: 'paid-before', gift: number } };
  return gift.amountFen === amountFen ? { do: 'book', gift } : { do: 'leave', hint: { code: 'sum-differs', gift: number } };
}
