import { createCipheriv, createDecipheriv } from 'node:crypto';
import { BrokenInvariant, invariant } from '../../kernel/errors';
import { systemRandom } from '../../kernel/random';
import { keys } from './keys';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Encrypts one field with AES-256-GCM as `<key version>.<base64url>`. `place` (such as `person/<id>/idNumber`) is bound to the text,
 * so that it cannot be moved to another person or field.
 */
export function encryptField(plain: string, place: string): string {
  const key = keys().dataKeys[0];
  invariant(key, 'crypto.has-a-data-key');
  const nonce = systemRandom.bytes(nonceBytes); // never the context's: a nonce repeated under a seed would give the plain text away
  const cipher = createCipheriv(algorithm, key.bytes, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(place));
  const sealed = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${key.version}.${sealed.toString('base64url')}`;
}

/** Decrypts a field. A text that was changed or moved, or whose key is gone, is a broken invariant. */
export function decryptField(sealed: string, place: string): string {
  const [version, text] = sealed.split('.');
  const key = keys().dataKeys.find((candidate) => String(candidate.version) === version);
  const bytes = Buffer.from(text ?? '', 'base64url');
  invariant(key && bytes.length >= nonceBytes + tagBytes, 'crypto.field-is-readable', { place, version: version ?? '' });
  const decipher = createDecipheriv(algorithm, key.bytes, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(place));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]).toString('utf8');
  } catch {
    throw new BrokenInvariant('crypto.field-is-unchanged', { place });
  }
}

/** True when a field was encrypted with an older key and should be encrypted anew. */
export function isOutdated(sealed: string): boolean {
  return !sealed.startsWith(`${keys().dataKeys[0]?.version}.`);
}
