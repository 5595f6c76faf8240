import type { ErrorCode, ErrorDetails } from '../kernel/errors';

/** One family at the kiosk, from card to slip. Kept in Redis: losing it costs a tap on the card, nothing else. */
export interface Visit {
  id: string;
  household: string;
  /** "It is me" was tapped. */
  known: boolean;
  /** Pieces by product. */
  basket: Readonly<Record<string, number>>;
  /** Of the basket as it is: a changed basket is another request. */
  requestKey: string;
  /** Milliseconds of the card. */
  begunAt: number;
  /** Milliseconds of the last touch. */
  touchedAt: number;
  /** Where "I am still here" leads back to. */
  page: string;
  /** Why the last step was refused; shown once. */
  refusal?: { code: ErrorCode; details: ErrorDetails };
  /** What was wrong with the last PIN: the tries that are left, or none told where it was no PIN; shown once. */
  wrongPin?: { triesLeft?: number };
  /** What was redeemed; from then on only the slip is shown. */
  redemption?: string;
}

const pieces = 'pieces:'; // a field for each product, so that two taps at once both count

/** A visit as the fields of a Redis hash; those not named stay as they are. */
export function fieldsOf(visit: Partial<Omit<Visit, 'id' | 'basket'>>): string[] {
  return Object.entries(visit).flatMap(([name, value]) => [name, JSON.stringify(value)]);
}

/** The field that counts the pieces of a product. */
export function fieldOfPieces(product: string): string {
  return `${pieces}${product}`;
}

/** A visit from the fields of its hash; undefined when there is none. */
export function visitFrom(id: string, fields: Readonly<Record<string, string>>): Visit | undefined {
  if (fields['household'] === undefined) return undefined;
  const own = Object.entries(fields).filter(([name]) => !name.startsWith(pieces));
  const counted = Object.entries(fields).filter(([name, count]) => name.startsWith(pieces) && Number(count) > 0);
  const basket = Object.fromEntries(counted.map(([name, count]) => [name.slice(pieces.length), Number(count)]));
  return { id, basket, ...(Object.fromEntries(own.map(([name, value]) => [name, JSON.parse(value)])) as Omit<Visit, 'id' | 'basket'>) };
}
