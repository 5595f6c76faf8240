import { handsOn, numbersLeft, numberText, sharesNumbers, takeNumber } from '../../../server/donations/receipts/receipt-numbers';
import { enterRangeInput } from '../../../server/donations/receipts/receipts.inputs';
import { taxTextOf } from '../../../server/donations/receipts/tax-text';

const range = (first: number, last: number, code = '1304990126') => ({ code, first, last });

test.each`
  a                 | b                              | shares
  ${range(1, 500)}  | ${range(501, 1000)}            | ${false}
  ${range(1, 500)}  | ${range(500, 1000)}            | ${true}
  ${range(1, 1000)} | ${range(200, 300)}             | ${true}
  ${range(1, 500)}  | ${range(1, 500, '1304990125')} | ${false}
`('$a and $b share a number: $shares', ({ a, b, shares }) => {
  expect([sharesNumbers(a, b), sharesNumbers(b, a)]).toEqual([shares, shares]);
});

test('numbers follow one another to the last, with their zeros', () => {
  expect(takeNumber({ next: 123, last: 124, digits: 10 })).toEqual({ number: '0000000123', next: 124, isLast: false });
  expect(takeNumber({ next: 124, last: 124, digits: 10 })).toEqual({ number: '0000000124', next: 125, isLast: true });
  expect(() => takeNumber({ next: 125, last: 124, digits: 10 })).toThrow('receipt.range-has-a-number');
  expect(numberText(7, 6)).toBe('000007');
  expect(
    numbersLeft([
      { next: 125, last: 124 },
      { next: 1, last: 20 },
    ]),
  ).toBe(20);
});

test.each`
  who                       | actor                                   | hands
  ${'the machinery'}        | ${{ id: 'system:job', kind: 'system' }} | ${{ cashier: 'usr_a', reviewer: 'usr_b' }}
  ${'whoever entered it'}   | ${{ id: 'usr_a', kind: 'person' }}      | ${{ cashier: 'usr_a', reviewer: 'usr_b' }}
  ${'whoever confirmed it'} | ${{ id: 'usr_b', kind: 'person' }}      | ${{ cashier: 'usr_b', reviewer: 'usr_a' }}
  ${'a third officer'}      | ${{ id: 'usr_c', kind: 'person' }}      | ${{ cashier: 'usr_c', reviewer: 'usr_b' }}
`('a receipt issued by $who names two different people', ({ actor, hands }) => {
  expect(handsOn(actor, { enteredBy: 'usr_a', confirmedBy: 'usr_b' })).toEqual(hands);
});

const numbers = { enterprisePct: 12, carryYears: 3, personPct: 30 };
test.each`
  donorKind       | isFull   | text
  ${'company'}    | ${true}  | ${{ key: 'full' }}
  ${'company'}    | ${false} | ${{ key: 'enterprise', percent: 12, years: 3 }}
  ${'person'}     | ${true}  | ${{ key: 'person', percent: 30 }}
  ${'person'}     | ${false} | ${{ key: 'person', percent: 30 }}
  ${'tradeUnion'} | ${true}  | ${undefined}
  ${'anonymous'}  | ${false} | ${undefined}
`('$donorKind reads about tax, full relief $isFull: $text', ({ donorKind, isFull, text }) => {
  expect(taxTextOf(donorKind, { ...numbers, isFull })).toEqual(text);
});

const typed = {
  requestKey: 'range-0001',
  code: '1304990126',
  first: '0000000001',
  last: '0000000500',
  payee: '和安县公益防贫基金',
  itemCode: '501010',
  sourceDoc: '领用单 3 号',
};
test.each`
  fields                       | issues
  ${{}}                        | ${[]}
  ${{ first: '1', last: 'x' }} | ${['first receipt.digits', 'last receipt.digits']}
  ${{ last: '000000500' }}     | ${['last receipt.other-length']}
  ${{ first: '0000000501' }}   | ${['last receipt.last-before-first']}
  ${{ code: '13a' }}           | ${['code receipt.digits']}
`('a range typed with $fields: $issues', ({ fields, issues }) => {
  const read = enterRangeInput.safeParse({ ...typed, ...fields });
  expect(read.error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? []).toEqual(issues);
});
