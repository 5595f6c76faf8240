import { hash, verify } from '@node-rs/argon2';

// OWASP's least for Argon2id (19 MiB, 2 passes, 1 lane): 50 ms here. Stated, since the library's own default may change.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** A hash of a short secret (a PIN) that is slow to guess from; salt and cost are in the text. */
export async function slowHash(secret: string): Promise<string> {
  return hash(secret, cost);
}

/** Whether a secret is the one that was hashed. */
export async function matchesSlowHash(stored: string, secret: string): Promise<boolean> {
  return verify(stored, secret);
}
