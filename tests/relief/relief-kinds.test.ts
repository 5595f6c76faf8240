import { countsBesideIncome, reliefKindNames } from '../../server/relief';

test('beside income count exactly the kinds that DOMAIN 4 marks S and not I', () => {
  expect(reliefKindNames.filter(countsBesideIncome)).toEqual([
    'medical',
    'temporary',
    'schooling',
    'disaster',
    'insurance',
    'socialReliefFund',
    'socialRelief',
  ]);
});
