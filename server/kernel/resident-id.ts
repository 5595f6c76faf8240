import { bareCode } from './half-width';
import { isLocalDate, type LocalDate } from './local-date';

/** Why a text is no resident ID: not 17 digits and a digit or X, a day that never was, a day after today, a wrong check character. */
export type ResidentIdFault = 'shape' | 'birth' | 'future' | 'check';

/** A resident ID (公民身份号码) that was read. `area` is the county of first issue, perhaps long renamed: never test it against today's list. */
export interface ResidentId {
  id: string;
  area: string;
  birth: LocalDate;
  sex: 'male' | 'female';
}

const shape = /^\d{17}[\dX]$/;
const oldShape = /^\d{15}$/;
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checks = '10X98765432';

/** Reads an 18-character ID (GB 11643; DOMAIN 1, PC2): x and full-width digits are taken, the birth is a real day up to `today`. */
export function parseResidentId(text: string, today: LocalDate): { ok: true; value: ResidentId } | { ok: false; fault: ResidentIdFault } {
  const id = bareCode(text);
  if (!shape.test(id)) return { ok: false, fault: 'shape' };
  const birth = `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`;
  if (!isLocalDate(birth)) return { ok: false, fault: 'birth' };
  if (birth > today) return { ok: false, fault: 'future' };
  if (checkOf(id) !== id[17]) return { ok: false, fault: 'check' };
  const sex = Number(id[16]) % 2 === 1 ? 'male' : 'female';
  return { ok: true, value: { id, area: id.slice(0, 6), birth, sex } };
}

/** The 18 characters of an ID of 15 digits from before 2000 (import only); any other text comes back bare and unchanged. */
export function upgradeResidentId(text: string): string {
  const id = bareCode(text);
  if (!oldShape.test(id)) return id;
  const longer = `${id.slice(0, 6)}19${id.slice(6)}`;
  return longer + checkOf(longer);
}

function checkOf(id: string): string {
  const sum = weights.reduce((total, weight, place) => total + weight * Number(id[place]), 0);
  return checks.charAt(sum % 11);
}
