import { systemRandom } from '../../kernel/random';
import { lookupHash } from '../../platform/crypto/lookup-hash';
import { sameSecret } from '../../platform/crypto/same-secret';

const shape = /^wh_([0-9a-z]{20})_([A-Za-z0-9_-]{43})$/;
const secretBytes = 32;

/** A new token as its program keeps it, `wh_<id>_<secret>`, and what we keep of it. The beginning lets scanners of leaked secrets know it. */
export function newTokenText(id: string): { text: string; hash: string } {
  const secret = systemRandom.bytes(secretBytes).toString('base64url'); // never the context's randomness: a seeded secret could be guessed
  return { text: `wh_${id.replace(/^tok_/, '')}_${secret}`, hash: hashOf(secret) };
}

/** The id that a token names, and whether a kept hash is that of its secret. Undefined for what was never a token. */
export function readTokenText(text: string): { id: string; fits(hash: string): boolean } | undefined {
  const [, letters, secret] = shape.exec(text) ?? [];
  if (letters === undefined || secret === undefined) return undefined;
  return { id: `tok_${letters}`, fits: (hash) => sameSecret(hash, hashOf(secret)) };
}

/** A keyed hash: 256 random bits need no slow one. */
function hashOf(secret: string): string {
  return lookupHash('api-token', secret);
}
