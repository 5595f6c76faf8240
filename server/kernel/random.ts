import { createHash, randomBytes } from 'node:crypto';

/** Where randomness comes from. Injected, so that the sample county and tests repeat themselves. */
export interface Random {
  bytes(length: number): Buffer;
}

export const systemRandom: Random = { bytes: (length) => randomBytes(length) };

/** Repeatable randomness from a seed: SHA-256 in counter mode. For seeds and tests, never for secrets. */
export function seededRandom(seed: string): Random {
  let counter = 0;
  let pool = Buffer.alloc(0);
  return {
    bytes(length) {
      while (pool.length < length) pool = Buffer.concat([pool, createHash('sha256').update(`${seed}:${counter++}`).digest()]);
      const taken = pool.subarray(0, length);
      pool = pool.subarray(length);
      return Buffer.from(taken);
    },
  };
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford's base 32: no i, l, o, u, so it can be read aloud

/** An unguessable id of 20 letters (100 bits) behind a prefix that says what it names: `hh_4k2…`. */
export function randomId(random: Random, prefix: string): string {
  const letters = [...random.bytes(20)].map((byte) => alphabet[byte & 31]);
  return `${prefix}_${letters.join('')}`;
}

let made = 0;

/** A {@link randomId} that sorts behind all that this process made before it: for a list whose rows may be of one instant. */
export function orderedId(random: Random, prefix: string): string {
  made += 1;
  const rank = made.toString(36).padStart(6, '0').slice(-6);
  return `${prefix}_${rank}${randomId(random, prefix).slice(-14)}`;
}
