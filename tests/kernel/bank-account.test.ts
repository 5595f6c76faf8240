import { fitsLuhn, parseBankAccount } from '../../server/kernel/bank-account';

test.each`
  text                                  | read                                                   | why
  ${'6225881414207430'}                 | ${{ account: '6225881414207430' }}                     | ${'a card'}
  ${'6288997715452584'}                 | ${{ account: '6288997715452584' }}                     | ${'a card'}
  ${'6200000000000000000'}              | ${{ account: '6200000000000000000' }}                  | ${'19 digits, past 2^53'}
  ${'6225 8814 1420 7430'}              | ${{ account: '6225881414207430' }}                     | ${'in groups of four'}
  ${'6225-8814-1420-7430'}              | ${{ account: '6225881414207430' }}                     | ${'with hyphens'}
  ${'６２２５８８１４１４２０７４３０'} | ${{ account: '6225881414207430' }}                     | ${'full width'}
  ${'6225881414207431'}                 | ${{ account: '6225881414207431', warning: 'luhn' }}    | ${'perhaps mistyped'}
  ${'10100123456789012'}                | ${{ account: '10100123456789012', warning: 'prefix' }} | ${'a passbook, as in the sample bank file'}
  ${'622588141420743'}                  | ${undefined}                                           | ${'15 digits'}
  ${'62258814142074300000'}             | ${undefined}                                           | ${'20 digits'}
  ${'622588141420743O'}                 | ${undefined}                                           | ${'the letter O'}
  ${'6.22588141420743E+15'}             | ${undefined}                                           | ${'a spreadsheet rounded it'}
  ${''}                                 | ${undefined}                                           | ${'empty'}
`('"$text": $why', ({ text, read }) => expect(parseBankAccount(text)).toEqual(read));

test('Luhn finds each wrong digit', () => {
  const good = '6225881414207430';
  expect(fitsLuhn(good)).toBe(true);
  for (let place = 0; place < good.length; place++) {
    for (const digit of '0123456789') {
      const text = good.slice(0, place) + digit + good.slice(place + 1);
      expect(fitsLuhn(text)).toBe(text === good);
    }
  }
});
