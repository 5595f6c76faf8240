import type { Random } from '../kernel/random';
import { slowHash } from '../platform/crypto/slow-hash';

/** Four digits by chance, and the hash that is kept of them. */
export async function newPin(random: Random): Promise<{ pin: string; hash: string }> {
  const pin = [...random.bytes(4)].map((byte) => String(byte % 10)).join('');
  return { pin, hash: await slowHash(pin) };
}
