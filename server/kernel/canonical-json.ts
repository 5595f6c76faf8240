import { invariant } from './errors';

/** What may be hashed and proved for years: NFC strings, safe integers, lists and plain objects of these. A key set to undefined counts as absent. */
export type CanonicalValue = string | number | readonly CanonicalValue[] | { readonly [key: string]: CanonicalValue | undefined };

/**
 * The one text of a value after RFC 8785 (JSON Canonicalization Scheme): no blanks, keys by UTF-16 code units. Narrower than the RFC:
 * floats, booleans, null, dates and text that is not NFC break an invariant, since another reader might write them otherwise.
 */
export function canonicalJson(value: CanonicalValue): string {
  return write(value, '$');
}

function write(value: unknown, path: string): string {
  if (typeof value === 'string') return text(value, path);
  if (typeof value === 'number') {
    invariant(Number.isSafeInteger(value), 'canonical.safe-integer', { path });
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${Array.from(value, (item, index) => write(item, `${path}[${index}]`)).join(',')}]`;
  invariant(isPlainObject(value), 'canonical.plain-value', { path });
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort() // without a comparer: by UTF-16 code units, as the RFC demands
    .map((key) => `${text(key, path)}:${write(value[key], `${path}.${key}`)}`);
  return `{${members.join(',')}}`;
}

function text(value: string, path: string): string {
  invariant(!/\p{Surrogate}/u.test(value), 'canonical.well-formed', { path });
  invariant(value.normalize('NFC') === value, 'canonical.nfc', { path });
  return JSON.stringify(value);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null; // not compared with Object.prototype: each vm has its own
}
