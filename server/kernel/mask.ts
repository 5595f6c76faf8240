/** How many code points stay at the two ends; what is between is hidden, one star each. */
export interface Mask {
  head: number;
  tail: number;
}

/** The mask of an ID unless setting `mask.id` says otherwise (some notices show 2 and 3). */
const usualIdMask: Mask = { head: 4, tail: 4 };

/** `130499197001010011` → `1304**********0011`. */
export function maskResidentId(id: string, mask: Mask = usualIdMask): string {
  return hideMiddle(id, mask);
}

/** `13800001234` → `138****1234`. */
export function maskPhone(phone: string): string {
  return hideMiddle(phone, { head: 3, tail: 4 });
}

/** `6225881414207430` → `************7430`. */
export function maskBankAccount(account: string): string {
  return hideMiddle(account, { head: 0, tail: 4 });
}

/**
 * `张小明` → `张*明`, `李梅` → `李*`, `欧阳建国` → `欧**国`: the first and, from three on, the last code point. A compound surname shows
 * no more than any other: two of four characters would say who it is.
 */
export function maskName(name: string): string {
  const length = [...name].length;
  return hideMiddle(name, { head: 1, tail: length > 2 ? 1 : 0 });
}

/** Counts code points, not UTF-16 units: 𠮷 is one character. A text too short to hide anything is hidden whole. */
function hideMiddle(text: string, { head, tail }: Mask): string {
  const characters = [...text];
  if (characters.length <= head + tail) return '*'.repeat(characters.length);
  const hidden = '*'.repeat(characters.length - head - tail);
  return characters.slice(0, head).join('') + hidden + characters.slice(characters.length - tail).join('');
}
