import { SteppedClock } from '../../server/kernel/clock';
import { BrokenInvariant } from '../../server/kernel/errors';
import { decryptField, encryptField, isOutdated } from '../../server/platform/crypto/encrypt-field';
import { idOfFact, idOfRequest } from '../../server/platform/crypto/id-of-request';
import { installKeys } from '../../server/platform/crypto/keys';
import { lookupHash } from '../../server/platform/crypto/lookup-hash';
import { sameSecret } from '../../server/platform/crypto/same-secret';
import { readToken, signToken } from '../../server/platform/crypto/signed-token';

const first = { version: 1, bytes: Buffer.alloc(32, 1) };
const second = { version: 2, bytes: Buffer.alloc(32, 2) };
const hashKey = Buffer.alloc(32, 3);
const place = 'person/per_1/idNumber';

beforeEach(() => installKeys({ dataKeys: [first], hashKey }));

test('a field comes back only at its own place', () => {
  const sealed = encryptField('11010519491231002X', place);
  expect(sealed).toMatch(/^1\.[\w-]+$/);
  expect(decryptField(sealed, place)).toBe('11010519491231002X');
  expect(() => decryptField(sealed, 'person/per_2/idNumber')).toThrow(BrokenInvariant);
});

test('the same text never looks the same twice', () => {
  expect(encryptField('张伟', place)).not.toBe(encryptField('张伟', place));
});

test.each`
  what                  | spoil
  ${'a changed letter'} | ${(sealed: string) => sealed.slice(0, 20) + (sealed[20] === 'A' ? 'B' : 'A') + sealed.slice(21)}
  ${'a cut tail'}       | ${(sealed: string) => sealed.slice(0, -4)}
  ${'nothing left'}     | ${() => '1.'}
  ${'an unknown key'}   | ${(sealed: string) => sealed.replace('1.', '9.')}
`('refuses $what', ({ spoil }) => {
  expect(() => decryptField(spoil(encryptField('6222020200112233445', place)), place)).toThrow(BrokenInvariant);
});

test('a new key encrypts, the old one still reads and is marked outdated', () => {
  const old = encryptField('张伟', place);
  installKeys({ dataKeys: [second, first], hashKey });
  const fresh = encryptField('张伟', place);
  expect([decryptField(old, place), decryptField(fresh, place)]).toEqual(['张伟', '张伟']);
  expect([isOutdated(old), isOutdated(fresh)]).toEqual([true, false]);
});

test('hashes find the same value, and only within their purpose', () => {
  expect(lookupHash('phone', '13800000000')).toBe(lookupHash('phone', '13800000000'));
  expect(lookupHash('phone', '13800000000')).not.toBe(lookupHash('idNumber', '13800000000'));
  installKeys({ dataKeys: [first], hashKey: Buffer.alloc(32, 4) });
  const underAnotherKey = lookupHash('phone', '13800000000');
  installKeys({ dataKeys: [first], hashKey });
  expect(underAnotherKey).not.toBe(lookupHash('phone', '13800000000'));
});

test('a request key makes one id for one person of one county and one kind of thing', () => {
  const asked = (ledger: string, id: string) => ({ ledger, actor: { id, kind: 'person', grants: [] } }) as const;
  const first = idOfRequest(asked('hean', 'usr_a'), 'ded', 'request-1');
  expect(idOfRequest(asked('hean', 'usr_a'), 'ded', 'request-1')).toBe(first);
  const others = [
    idOfRequest(asked('hean', 'usr_b'), 'ded', 'request-1'),
    idOfRequest(asked('other', 'usr_a'), 'ded', 'request-1'),
    idOfRequest(asked('hean', 'usr_a'), 'bat', 'request-1'),
    idOfFact({ ledger: 'hean' }, 'ded', 'request-1'),
  ];
  expect(new Set([first, ...others].map((id) => id.slice(4))).size).toBe(5);
});

test('secrets are equal or not, whatever their lengths', () => {
  expect([sameSecret('abc', 'abc'), sameSecret('abc', 'abd'), sameSecret('abc', 'abcd')]).toEqual([true, false, false]);
});

describe('a signed token', () => {
  const clock = new SteppedClock('2026-11-24T00:00:00Z');
  const untilNoon = new Date('2026-11-24T12:00:00Z');

  test('is short and gives its id back', () => {
    const token = signToken('card', 'hh_1');
    expect(token).toHaveLength('hh_1..'.length + 16);
    expect(readToken('card', token, clock)).toBe('hh_1');
  });

  test.each`
    token                         | why
    ${'hh_1'}                     | ${'has no signature'}
    ${'hh_1..AAAAAAAAAAAAAAAA'}   | ${'has a wrong signature'}
    ${'hh_1..AAAAAAAAAAAAAAAA.x'} | ${'has too many parts'}
    ${''}                         | ${'is empty'}
  `('that $why is refused', ({ token }) => expect(readToken('card', token, clock)).toBeUndefined());

  test('is refused for another purpose, another id, and after its end', () => {
    const token = signToken('invite', 'usr_1', untilNoon);
    expect(readToken('invite', token, clock)).toBe('usr_1');
    expect(readToken('reset', token, clock)).toBeUndefined();
    expect(readToken('invite', token.replace('usr_1', 'usr_2'), clock)).toBeUndefined();
    expect(readToken('invite', token, new SteppedClock('2026-11-24T12:00:01Z'))).toBeUndefined();
  });
});
