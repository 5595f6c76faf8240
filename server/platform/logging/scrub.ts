// ID numbers (15 or 18), bank cards (16 to 19), phones (11): a long run of digits in free text is never worth keeping (QUALITY, I14).
const longNumber = /(?<![\w-])\d{11,19}[Xx]?(?!\w)/g;
const email = /[\w.+-]+@[\w-]+\.[\w.-]+/g;
const duplicateKeyValue = /dup key: \{.*\}/s; // MongoDB repeats the value that was there already
const castValue = /for value ".*?" \(type/gs; // Mongoose repeats what it could not read
const credentials = /\/\/[^/@\s]+@/g;

/** The text without what may name a person or open a door. Applied to every message of an error before it is logged. */
export function scrub(text: string): string {
  return text
    .replace(duplicateKeyValue, 'dup key: {…}')
    .replace(castValue, 'for value "…" (type')
    .replace(credentials, '//…@')
    .replace(email, '…@…')
    .replace(longNumber, '…');
}
