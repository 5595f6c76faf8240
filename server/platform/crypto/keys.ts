import { hkdfSync } from 'node:crypto';
import { invariant } from '../../kernel/errors';
import type { DataKey } from '../config/config';

/** What encrypts and finds personal data. `dataKeys` newest first: the first encrypts, all decrypt. */
export interface Keys {
  dataKeys: readonly DataKey[];
  hashKey: Buffer;
}

let installed: Keys | undefined;

/** Gives the process its keys, once, at boot. */
export function installKeys(keys: Keys): void {
  installed = keys;
}

/** The keys of this process. */
export function keys(): Keys {
  invariant(installed, 'crypto.keys-are-installed');
  return installed;
}

/** A key of 32 bytes for one purpose, so that a hash or token of one kind says nothing about another. */
export function keyFor(purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', keys().hashKey, Buffer.alloc(0), `warm-heart:${purpose}`, 32));
}
