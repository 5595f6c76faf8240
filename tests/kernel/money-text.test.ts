import fc from 'fast-check';
import { BrokenInvariant } from '../../server/kernel/errors';
import { type Fen, fen } from '../../server/kernel/money';
import { fenToYuanText, formatWan, formatYuan, yuanToFen } from '../../server/kernel/money-text';
import { largestAmount } from '../../server/kernel/whole-number';

const anyFen = fc.integer({ min: -largestAmount, max: largestAmount }).map(fen);

test.each`
  text                       | amount
  ${'10,000'}                | ${1_000_000}
  ${'10000.5'}               | ${1_000_050}
  ${'¥1,234.56'}             | ${123_456}
  ${'￥1,234.56'}            | ${123_456}
  ${'¥ 100'}                 | ${10_000}
  ${'１２，３４５．６７'}    | ${1_234_567}
  ${'100元'}                 | ${10_000}
  ${' 100 元 '}              | ${10_000}
  ${'0'}                     | ${0}
  ${'0.01'}                  | ${1}
  ${'0.50'}                  | ${50}
  ${'007'}                   | ${700}
  ${'1.15'}                  | ${115}
  ${'22517998136852.47'}     | ${largestAmount}
  ${'22,517,998,136,852.47'} | ${largestAmount}
`('"$text" is $amount fen', ({ text, amount }) => expect(yuanToFen(text)).toBe(amount));

test.each`
  text                   | why
  ${''}                  | ${'empty'}
  ${'   '}               | ${'blank'}
  ${'1.234'}             | ${'three decimals'}
  ${'0.001'}             | ${'less than a fen'}
  ${'1e3'}               | ${'exponent'}
  ${'0x10'}              | ${'hexadecimal'}
  ${'-5'}                | ${'sign where none is allowed'}
  ${'−5'}                | ${'the same as U+2212'}
  ${'+5'}                | ${'plus'}
  ${'1,00'}              | ${'comma in an odd place: perhaps a decimal comma'}
  ${'1,0000'}            | ${'grouped by four'}
  ${'1000,000'}          | ${'half grouped'}
  ${'1,,000'}            | ${'two commas'}
  ${',100'}              | ${'leading comma'}
  ${'.5'}                | ${'no digit before the point'}
  ${'5.'}                | ${'no digit after the point'}
  ${'1.2.3'}             | ${'two points'}
  ${'1 000'}             | ${'blank inside'}
  ${'10²'}               | ${'superscript is not 102'}
  ${'①'}                 | ${'circled digit'}
  ${'١٢'}                | ${'other digits'}
  ${'一百'}              | ${'words'}
  ${'1万'}               | ${'units of 10,000'}
  ${'$5'}                | ${'another currency'}
  ${'NaN'}               | ${'no number'}
  ${'Infinity'}          | ${'no number'}
  ${'22517998136852.48'} | ${'above the ceiling'}
  ${'9'.repeat(400)}     | ${'far above'}
`('refuses "$text": $why', ({ text }) => expect(yuanToFen(text)).toBeUndefined());

test.each`
  text           | amount
  ${'-1,500'}    | ${-150_000}
  ${'−1,500.00'} | ${-150_000}
  ${'−¥0.01'}    | ${-1}
  ${'－３'}      | ${-300}
  ${'-0'}        | ${0}
  ${'1,500'}     | ${150_000}
  ${'--5'}       | ${undefined}
  ${'5-'}        | ${undefined}
`('where a sign is allowed "$text" is $amount fen', ({ text, amount }) => expect(yuanToFen(text, { signed: true })).toBe(amount));

test.each`
  amount           | machine                | person
  ${785_000}       | ${'7850.00'}           | ${'¥7,850.00'}
  ${0}             | ${'0.00'}              | ${'¥0.00'}
  ${5}             | ${'0.05'}              | ${'¥0.05'}
  ${50}            | ${'0.50'}              | ${'¥0.50'}
  ${99_999}        | ${'999.99'}            | ${'¥999.99'}
  ${100_000}       | ${'1000.00'}           | ${'¥1,000.00'}
  ${1_000_000}     | ${'10000.00'}          | ${'¥10,000.00'}
  ${123_456_789}   | ${'1234567.89'}        | ${'¥1,234,567.89'}
  ${largestAmount} | ${'22517998136852.47'} | ${'¥22,517,998,136,852.47'}
`('$amount fen is $machine in files and $person on pages', ({ amount, machine, person }) => {
  expect(fenToYuanText(amount)).toBe(machine);
  expect(formatYuan(amount)).toBe(person);
});

test('a negative amount has the wide minus on pages and never enters a bank file', () => {
  expect(formatYuan(fen(-150_000))).toBe('\u2212¥1,500.00');
  expect(formatYuan(fen(-5))).toBe('\u2212¥0.05');
  expect(() => fenToYuanText(fen(-5))).toThrow(BrokenInvariant);
  expect(fenToYuanText(fen(-5), { signed: true })).toBe('-0.05');
});

test('what is written is read back to the fen', () => {
  fc.assert(
    fc.property(anyFen, (amount: Fen) => {
      expect(yuanToFen(formatYuan(amount), { signed: true })).toBe(amount);
      expect(yuanToFen(fenToYuanText(amount, { signed: true }), { signed: true })).toBe(amount);
    }),
  );
});

test.each`
  amount           | two               | none           | why
  ${148_692_000}   | ${'148.69'}       | ${'149'}       | ${'1,486,920.00'}
  ${60_000_000}    | ${'60.00'}        | ${'60'}        | ${'an axis'}
  ${0}             | ${'0.00'}         | ${'0'}         | ${'nothing'}
  ${5_000}         | ${'0.01'}         | ${'0'}         | ${'half of the last digit rounds up'}
  ${4_999}         | ${'0.00'}         | ${'0'}         | ${'less does not'}
  ${500_000}       | ${'0.50'}         | ${'1'}         | ${'half a unit'}
  ${1_234_567_890} | ${'1,234.57'}     | ${'1,235'}     | ${'thousands'}
  ${-148_692_000}  | ${'\u2212148.69'} | ${'\u2212149'} | ${'below zero'}
  ${-4_999}        | ${'0.00'}         | ${'0'}         | ${'no minus before nothing'}
`('$amount fen is $two or $none units of 10,000 yuan: $why', ({ amount, two, none }) => {
  expect(formatWan(amount)).toBe(two);
  expect(formatWan(amount, 0)).toBe(none);
});
