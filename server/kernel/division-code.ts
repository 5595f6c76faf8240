declare const divisionBrand: unique symbol;

/** A place by its statistical division code, cut to its level: 2, 4, 6, 9 or 12 digits (DOMAIN 1, PC1). As a scope: the place and all in it. */
export type DivisionCode = string & { readonly [divisionBrand]: true };

export type DivisionLevel = 'province' | 'prefecture' | 'county' | 'township' | 'village';

const levels = new Map<number, DivisionLevel>([
  [2, 'province'],
  [4, 'prefecture'],
  [6, 'county'],
  [9, 'township'],
  [12, 'village'],
]);
const lengths = [...levels.keys()];
const digits = /^\d+$/;
// Lists pad a higher place with zeros (130499000000 is a county, not a village). County 00 is real: cities without counties, 441900.
const filler = /^(?:00|.{2}00|.{6}000|.{9}000)/;

/** True for a code of a known level. Whether the place exists is for `regions` to say: editions differ. */
export function isDivisionCode(text: string): text is DivisionCode {
  return levels.has(text.length) && digits.test(text) && !filler.test(text);
}

/** Reads a code; throws RangeError when it is none. */
export function divisionCode(text: string): DivisionCode {
  if (!isDivisionCode(text)) throw new RangeError(`not a division code: ${text}`);
  return text;
}

/** The level of a place, by the length of its code. */
export function levelOf(code: DivisionCode): DivisionLevel {
  const level = levels.get(code.length);
  if (!level) throw new RangeError(`not a division code: ${code}`);
  return level;
}

/** Whether a place lies in a scope, or is it. A text that is no division code covers nothing, so a grant with a bad scope reaches nobody. */
export function covers(scope: string, code: string): boolean {
  return isDivisionCode(scope) && isDivisionCode(code) && code.startsWith(scope);
}

/** The place one level up; undefined for a province. */
export function parentOf(code: DivisionCode): DivisionCode | undefined {
  const length = lengths[lengths.indexOf(code.length) - 1];
  return length === undefined ? undefined : (code.slice(0, length) as DivisionCode);
}
