import { type Role, roles } from '../kernel/roles';

/** How a fact is read: a figure by its unit, one of a closed list of words, or words that a higher room has. */
type Reading =
  | 'sum'
  | 'number'
  | 'day'
  | 'fingerprint'
  | 'evidence'
  | 'published'
  | 'scopes'
  | 'settingValue'
  | 'silent'
  | OneOf<string | number>
  | Worded;

interface OneOf<Word> {
  /** Where the words of the list stand: `facts:for.signIn`. */
  at: string;
  words: readonly Word[];
}

/** One or several words of a list that stands in a higher room, with blanks between; a test holds that list against `at`. */
interface Worded {
  at: string;
}

function oneOf<const Word extends string | number>(at: string, ...words: readonly Word[]): OneOf<Word> {
  return { at, words };
}

/** Every fact that an audit event may tell, with how people read it: the compiler refuses another, a test one without words. */
export const factReadings = {
  amountFen: 'sum',
  totalFen: 'sum',
  points: 'number',
  rank: 'number',
  recoveryCodesLeft: 'number',
  until: 'day',
  effectiveFrom: 'day',
  effectiveTo: 'day',
  sha256: 'fingerprint',
  evidence: 'evidence',
  scope: 'scopes',
  value: 'settingValue',
  version: 'silent', // the id of a setting's version; the number, its place and its days say which one
  role: { at: 'identity:role' },
  waived: { at: 'relief:kind' },
  how: oneOf('facts:how', 'password', 'secondFactor', 'demoSeat'),
  for: oneOf('facts:for', 'signIn', 'signature'),
  permissions: { at: 'identity:permission' },
  readOnly: oneOf('facts:readOnly', 0, 1),
  token: 'silent', // the id of an access token
  link: oneOf('facts:link', 'invitation', 'password'),
  replaced: oneOf('facts:replaced', 0, 1),
  result: oneOf('facts:result', 'right', 'wrong', 'locked'),
  answer: oneOf('relief:state', 'granted', 'refused', 'notApplicable', 'ended'),
  channel: oneOf('facts:channel', 'online', 'bankTransfer', 'cash', 'goods'),
  purpose: { at: 'donations:purpose' },
  source: { at: 'funds:source' },
  fee: { at: 'reconciliation:fee.for' },
  kind: { at: 'donations:kindOf' },
  problem: { at: 'donations:problem' },
  state: { at: 'donations:state' },
  title: 'published',
  titleEn: 'published',
  story: 'published',
  storyEn: 'published',
  reasonEn: 'published',
  certificate: 'published',
  plan: 'published',
  naming: oneOf('donations:naming', 'asGiven', 'always', 'never'),
} as const satisfies Record<string, Reading>;

type FactName = keyof typeof factReadings;
type ValueOf<Name extends FactName> = (typeof factReadings)[Name] extends { words: readonly (infer Word)[] } ? Word : string | number;

/** Codes, numbers and ids, and what everybody reads on a public page; never a name, an ID number or another value about a person. `reason` is kept beside them. */
export type AuditFacts = { readonly [Name in FactName]?: ValueOf<Name> };

/** The personal values that can be seen in full (PR5); their words are `households:field.<name>`. */
export const personalFields = ['idNumber', 'phone', 'bankAccount'] as const;
export type PersonalField = (typeof personalFields)[number];

/** Facts of scopes in one event, each with the role that it is for; a place where no role is told (a setting). */
export function grantsIn({ role, scope }: Readonly<Record<string, unknown>>): { role: Role; scope: string }[] {
  if (scope === undefined) return [];
  const held = String(role ?? '').split(' ');
  return String(scope)
    .split(' ')
    .map((text, at) => ({ role: roles.find((name) => name === held[at]) ?? 'countyAdmin', scope: text }));
}
