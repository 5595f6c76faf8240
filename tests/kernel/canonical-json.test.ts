import fc from 'fast-check';
import { type CanonicalValue, canonicalJson } from '../../server/kernel/canonical-json';
import { BrokenInvariant } from '../../server/kernel/errors';

test.each`
  value                                           | text                                               | why
  ${'暖心'}                                       | ${'"暖心"'}                                        | ${'text stays text'}
  ${'"\\\u0000\b\t\n\f\r\u001f/\u2028'}           | ${'"\\"\\\\\\u0000\\b\\t\\n\\f\\r\\u001f/\u2028"'} | ${'the escapes of the RFC and no others'}
  ${0}                                            | ${'0'}                                             | ${'zero'}
  ${-0}                                           | ${'0'}                                             | ${'zero has no sign'}
  ${-9007199254740991}                            | ${'-9007199254740991'}                             | ${'the smallest safe integer, no exponent'}
  ${[]}                                           | ${'[]'}                                            | ${'empty list'}
  ${{}}                                           | ${'{}'}                                            | ${'empty object'}
  ${[3, 'a', [1], { b: 2 }]}                      | ${'[3,"a",[1],{"b":2}]'}                           | ${'lists keep their order'}
  ${{ b: 1, a: { d: 2, c: 3 } }}                  | ${'{"a":{"c":3,"d":2},"b":1}'}                     | ${'keys are sorted at each depth'}
  ${{ a: undefined, b: 1 }}                       | ${'{"b":1}'}                                       | ${'a key set to undefined is absent'}
  ${{ 10: 1, 9: 2, A: 3, a: 4 }}                  | ${'{"10":1,"9":2,"A":3,"a":4}'}                    | ${'keys are text, also numbers'}
  ${JSON.parse('{"__proto__":1,"a":2}')}          | ${'{"__proto__":1,"a":2}'}                         | ${'no key is special'}
  ${Object.assign(Object.create(null), { a: 1 })} | ${'{"a":1}'}                                       | ${'an object without prototype'}
`('$text: $why', ({ value, text }) => expect(canonicalJson(value)).toBe(text));

test('keys go by UTF-16 code units: 😀 (D83D DE00) stands before Ａ (FF21), though its code point is larger', () => {
  // The sample of RFC 8785, 3.2.3, with U+FF21 for U+FB33: that one is not NFC.
  const sample = { '\u20ac': 'Euro', '\r': 'Return', '\uff21': 'Wide', '1': 'One', '\u{1f600}': 'Face', '\u0080': 'Control', ö: 'O' };
  expect(canonicalJson(sample)).toBe(
    '{"\\r":"Return","1":"One","\u0080":"Control","ö":"O","\u20ac":"Euro","\u{1f600}":"Face","\uff21":"Wide"}',
  );
});

class Money {
  amountFen = 1;
}

test.each`
  value                  | name              | why
  ${1.5}                 | ${'safe-integer'} | ${'a float'}
  ${2 ** 53}             | ${'safe-integer'} | ${'not exact'}
  ${Number.NaN}          | ${'safe-integer'} | ${'no number'}
  ${Infinity}            | ${'safe-integer'} | ${'no end'}
  ${null}                | ${'plain-value'}  | ${'null'}
  ${true}                | ${'plain-value'}  | ${'a boolean'}
  ${undefined}           | ${'plain-value'}  | ${'nothing'}
  ${1n}                  | ${'plain-value'}  | ${'a BigInt'}
  ${Symbol('a')}         | ${'plain-value'}  | ${'a symbol'}
  ${() => 1}             | ${'plain-value'}  | ${'a function'}
  ${new Date(0)}         | ${'plain-value'}  | ${'a date: say which text'}
  ${new Map([['a', 1]])} | ${'plain-value'}  | ${'a map'}
  ${Buffer.from('a')}    | ${'plain-value'}  | ${'bytes: say which text'}
  ${new Money()}         | ${'plain-value'}  | ${'an instance'}
  ${[1, undefined]}      | ${'plain-value'}  | ${'a hole in a list'}
  ${'e\u0301'}           | ${'nfc'}          | ${'é in two'}
  ${{ 'e\u0301': 1 }}    | ${'nfc'}          | ${'also in a key'}
  ${'\ud83d'}            | ${'well-formed'}  | ${'half of a pair'}
  ${'\ude00\ud83d'}      | ${'well-formed'}  | ${'a pair turned round'}
`('refuses $value: $why', ({ value, name }) => {
  expect(() => canonicalJson(value)).toThrow(BrokenInvariant);
  expect(() => canonicalJson({ a: [value] })).toThrow(expect.objectContaining({ invariant: `canonical.${name}` }));
});

test('a refusal says where, and never what', () => {
  expect(() => canonicalJson({ legs: [{ amount: 1 }, { amount: 0.5 }] })).toThrow(
    expect.objectContaining({ facts: { path: '$.legs[1].amount' } }),
  );
});

const { value: anyValue } = fc.letrec<{ value: CanonicalValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'grapheme' }).map((text) => text.normalize('NFC')),
    fc.maxSafeInteger(),
    fc.array(tie('value')),
    fc.dictionary(fc.string(), tie('value'), { noNullPrototype: true }),
  ),
}));

test('it reads back as the same value, and has one text whatever the order of keys', () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      const text = canonicalJson(value);
      expect(canonicalJson(JSON.parse(text))).toBe(text);
      expect(canonicalJson(turned(value))).toBe(text);
    }),
  );
});

/** The same value with each object's keys inserted in the opposite order. */
function turned(value: CanonicalValue): CanonicalValue {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, turned(member as CanonicalValue)]),
  );
}
