import { createHmac } from 'node:crypto';
import { keyFor } from './keys';

/**
 * The keyed hash by which encrypted data is found (HMAC-SHA-256, base64url). `purpose` (such as `idNumber`) keeps hashes of different
 * kinds apart. Normalise the value first; the same value gives the same hash for ever.
 */
export function lookupHash(purpose: string, value: string): string {
  return createHmac('sha256', keyFor(`lookup:${purpose}`))
    .update(value.normalize('NFC'))
    .digest('base64url');
}
