import { invariant } from '../../kernel/errors';
import type { ReceiptRange } from './receipt-range.model';

type Bounds = Pick<ReceiptRange, 'code' | 'first' | 'last'>;
type Open = Pick<ReceiptRange, 'next' | 'last' | 'digits'>;

/** Whether two ranges would have a number in common: each number of a code exists once. */
export function sharesNumbers(a: Bounds, b: Bounds): boolean {
  return a.code === b.code && a.first <= b.last && b.first <= a.last;
}

/** How many receipts can still be issued from these ranges. */
export function numbersLeft(ranges: readonly Pick<ReceiptRange, 'next' | 'last'>[]): number {
  return ranges.reduce((sum, { next, last }) => sum + Math.max(0, last - next + 1), 0);
}

/** The number as it stands on paper, with its zeros. */
export function numberText(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}

/** Takes the next number of an open range: its text, and what the range is afterwards. */
export function takeNumber({ next, last, digits }: Open): { number: string; next: number; isLast: boolean } {
  invariant(next <= last, 'receipt.range-has-a-number', { next, last });
  return { number: numberText(next, digits), next: next + 1, isLast: next === last };
}

/**
 * Whose names a receipt bears: the cashier is the officer who issues it, or who entered the range where the county's machinery issues;
 * the reviewer is the other of the two who stand behind the range. Never the same person (DOMAIN 0).
 */
export function handsOn(
  actor: { id: string; kind: string },
  { enteredBy, confirmedBy = '' }: Pick<ReceiptRange, 'enteredBy' | 'confirmedBy'>,
): { cashier: string; reviewer: string } {
  const cashier = actor.kind === 'person' ? actor.id : enteredBy;
  return { cashier, reviewer: cashier === confirmedBy ? enteredBy : confirmedBy };
}
