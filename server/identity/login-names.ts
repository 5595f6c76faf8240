import { bareCode, halfWidth } from '../kernel/half-width';
import { parseMobile } from '../kernel/mobile';
import { lookupHash } from '../platform/crypto/lookup-hash';

const staffNumber = /^[A-Z0-9]{3,20}$/;

/** A typed account in its one form: 11 digits of a mobile number, or a staff number in capitals; undefined for anything else. */
export function readAccount(typed: string): string | undefined {
  const text = bareCode(halfWidth(typed).trim());
  return parseMobile(text) ?? (staffNumber.test(text) ? text : undefined);
}

/** The keyed hash by which an account is found; the account itself is nowhere in the clear. */
export function accountHash(account: string): string {
  return lookupHash('login', account);
}

/** The id of the claim on an account. */
export function claimId(ledger: string, hash: string): string {
  return `${ledger}/${hash}`;
}
