import { inFen } from '../../server/donations/provider-money/in-fen';

test.each`
  amount       | currency | exchangeRate | expected
  ${374}       | ${'hkd'} | ${'1.0870'}  | ${344}
  ${374}       | ${'hkd'} | ${'1.087'}   | ${344}
  ${-374}      | ${'hkd'} | ${'1.087'}   | ${-344}
  ${6_000}     | ${'cny'} | ${null}      | ${6_000}
  ${1_087_000} | ${'hkd'} | ${'1.087'}   | ${1_000_000}
  ${100}       | ${'usd'} | ${null}      | ${undefined}
  ${100}       | ${'usd'} | ${'0'}       | ${undefined}
`('$amount $currency at $exchangeRate are $expected fen', ({ expected, ...sum }) => {
  expect(inFen(sum)).toBe(expected);
});
