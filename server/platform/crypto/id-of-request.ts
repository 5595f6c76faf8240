import { createHmac } from 'node:crypto';
import { keyFor } from './keys';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'; // the letters of kernel/random

/**
 * The id of what a request creates, from the key that the caller chose before its first try: the same for each retry, so that a
 * repeated request finds what the first one made; unguessable, since the hash is keyed.
 */
export function idOfRequest(ledger: string, prefix: string, requestKey: string): string {
  const digest = createHmac('sha256', keyFor(`id:${prefix}`))
    .update(`${ledger}/${requestKey}`)
    .digest();
  return `${prefix}_${[...digest.subarray(0, 20)].map((byte) => alphabet[byte & 31]).join('')}`;
}
