import type { Random } from '../kernel/random';
import { lookupHash } from '../platform/crypto/lookup-hash';

const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ'; // nothing that is read or typed wrongly
const letters = 8;

/** A code of eight letters that the administrator reads out or types at the device: `K7QM-4XRT`. */
export function newPairingCode(random: Random): string {
  const code = [...random.bytes(letters)].map((byte) => alphabet[byte % alphabet.length]).join('');
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** How a code is kept and found; blanks, dashes and small letters do not matter. */
export function pairingHash(typed: string): string {
  return lookupHash('kioskCode', typed.toUpperCase().replace(/[^0-9A-Z]/g, ''));
}
