import { hash, verify } from '@node-rs/argon2';
import { systemRandom } from '../../kernel/random';

interface HashCost {
  memoryCost: number;
  timeCost: number;
  parallelism: number;
}

// OWASP's least for Argon2id (19 MiB, 2 passes, 1 lane): 50 ms here. Stated, since the library's own default may change.
let cost: HashCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
let decoy: Promise<string> | undefined;

/** Cheaper hashes for a process of tests, which signs in a hundred times. A hash tells its own cost, so old ones stay readable. */
export function installHashCost(cheaper: HashCost): void {
  cost = cheaper;
  decoy = undefined;
}

/** A hash of a secret that people choose (a password, a PIN), slow to guess from; salt and cost are in the text. */
export async function slowHash(secret: string): Promise<string> {
  return hash(secret, cost);
}

/**
 * Whether a secret is the one that was hashed. Without a stored hash the answer is no and takes the same time, so that nobody learns
 * which accounts exist.
 */
export async function matchesSlowHash(stored: string | undefined, secret: string): Promise<boolean> {
  decoy ??= slowHash(systemRandom.bytes(16).toString('hex'));
  const isRight = await verify(stored ?? (await decoy), secret);
  return isRight && stored !== undefined;
}
