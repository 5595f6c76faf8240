import { bareCode } from './half-width';

/** Why a text is no credit code: wrong length or letter, the organisation code's own check (place 17), the last check (place 18). */
export type CreditCodeFault = 'shape' | 'organisationCheck' | 'check';

/** What kinds of body the county tells apart, by the first two characters; all else is `other`. */
const kinds = {
  '11': 'organ',
  '12': 'institution',
  '13': 'massOrganisation',
  '51': 'socialGroup',
  '52': 'privateNonEnterprise',
  '53': 'foundation',
  '81': 'tradeUnion',
  '91': 'company',
  '93': 'cooperative',
  N1: 'groupCollective',
  N2: 'villageCollective',
  N3: 'townshipCollective',
} as const satisfies Record<string, string>;

export type CreditCodeKind = (typeof kinds)[keyof typeof kinds] | 'other';

/** A unified social credit code (统一社会信用代码) that was read. */
export interface CreditCode {
  code: string;
  kind: CreditCodeKind;
  area: string;
  organisation: string;
}

const shape = /^[0-9A-HJ-NPQRTUWXY]{18}$/;
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'; // no I, O, S, V, Z
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];

/** Reads a credit code (GB 32100, inner check GB 11714; DOMAIN 1, PC3), small letters and full width too. */
export function parseCreditCode(text: string): { ok: true; value: CreditCode } | { ok: false; fault: CreditCodeFault } {
  const code = bareCode(text);
  if (!shape.test(code)) return { ok: false, fault: 'shape' };
  const organisation = code.slice(8, 17);
  if (organisationCheckOf(organisation) !== organisation[8]) return { ok: false, fault: 'organisationCheck' };
  if (checkOf(code) !== code[17]) return { ok: false, fault: 'check' };
  const prefix = code.slice(0, 2);
  const kind = prefix in kinds ? kinds[prefix as keyof typeof kinds] : 'other';
  return { ok: true, value: { code, kind, area: code.slice(2, 8), organisation } };
}

function checkOf(code: string): string {
  const sum = weights.reduce((total, weight, place) => total + weight * alphabet.indexOf(code.charAt(place)), 0);
  return alphabet.charAt((31 - (sum % 31)) % 31);
}

/** Here letters count by the whole alphabet, A = 10 to Z = 35. */
function organisationCheckOf(organisation: string): string {
  const sum = organisationWeights.reduce((total, weight, place) => total + weight * Number.parseInt(organisation.charAt(place), 36), 0);
  return '0123456789X'.charAt((11 - (sum % 11)) % 11);
}
