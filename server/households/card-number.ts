import { createHash } from 'node:crypto';
import { fitsLuhn } from '../kernel/bank-account';
import type { Context } from '../kernel/context';
import { bareCode } from '../kernel/half-width';
import { idOfFact } from '../platform/crypto/id-of-request';

/** Digits of a card's number, the last one a check digit. */
export const cardDigits = 10;
const shape = new RegExp(`^\\d{${cardDigits}}$`);

/**
 * A new card's number: nine digits that look random and a check digit, so that a slip of the finger wakes nobody else's page. The same
 * for each retry of the request that asks for it.
 */
export function newCardNumber(requestId: string): string {
  const digits = [...createHash('sha256').update(requestId).digest().subarray(0, 9)].map((byte) => String(byte % 10)).join('');
  const check = [...'0123456789'].find((digit) => fitsLuhn(digits + digit)) ?? '0';
  return digits + check;
}

/** Reads a typed or scanned card number; undefined when it cannot be one. */
export function parseCardNumber(text: string): string | undefined {
  const number = bareCode(text);
  return shape.test(number) && fitsLuhn(number) ? number : undefined;
}

/** What a page calls a card that it shows masked: the number in full redeems at a kiosk, so that no page of staff carries it. */
export function cardReference(ctx: Pick<Context, 'ledger'>, number: string): string {
  return idOfFact(ctx, 'crd', `card/${number}`);
}
