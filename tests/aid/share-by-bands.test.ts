import { type BandRule, shareByBands } from '../../server/aid/share-by-bands';

const exPoor: BandRule = {
  deductibleFen: 5_000_00,
  bands: [{ toFen: 10_000_00, rateBp: 5000 }, { toFen: 30_000_00, rateBp: 6000 }, { rateBp: 7000 }],
  mode: 'whole',
  boundary: 'low',
};
const nonPoor: BandRule = {
  ...exPoor,
  deductibleFen: 20_000_00,
  bands: [{ toFen: 20_000_00, rateBp: 5000 }, { toFen: 40_000_00, rateBp: 6000 }, { rateBp: 7000 }],
};

test.each`
  who          | ownCost      | rule       | whole        | slab
  ${'exPoor'}  | ${5_000_00}  | ${exPoor}  | ${0}         | ${0}
  ${'exPoor'}  | ${14_999_00} | ${exPoor}  | ${4_999_50}  | ${4_999_50}
  ${'exPoor'}  | ${15_000_00} | ${exPoor}  | ${6_000_00}  | ${5_000_00}
  ${'exPoor'}  | ${18_000_00} | ${exPoor}  | ${7_800_00}  | ${6_800_00}
  ${'exPoor'}  | ${34_999_99} | ${exPoor}  | ${17_999_99} | ${16_999_99}
  ${'exPoor'}  | ${40_000_00} | ${exPoor}  | ${24_500_00} | ${20_500_00}
  ${'nonPoor'} | ${18_000_00} | ${nonPoor} | ${0}         | ${0}
  ${'nonPoor'} | ${39_999_00} | ${nonPoor} | ${9_999_50}  | ${9_999_50}
  ${'nonPoor'} | ${45_000_00} | ${nonPoor} | ${15_000_00} | ${13_000_00}
  ${'nonPoor'} | ${70_000_00} | ${nonPoor} | ${35_000_00} | ${29_000_00}
`('$who with own cost $ownCost: whole $whole, slab $slab', ({ ownCost, rule, whole, slab }) => {
  expect(shareByBands(ownCost, { ...rule, mode: 'whole' })).toBe(whole);
  expect(shareByBands(ownCost, { ...rule, mode: 'slab' })).toBe(slab);
});

test('a cost on the boundary belongs to the band that the setting says', () => {
  expect(shareByBands(15_000_00, { ...exPoor, boundary: 'high' })).toBe(5_000_00);
});
