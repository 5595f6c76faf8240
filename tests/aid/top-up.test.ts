import { correctionFen, type TopUpFacts, type TopUpRule, topUp } from '../../server/aid/top-up';

// The table of DOMAIN 6: what a fund manager could check with a pencil. Sums in fen.
const exPoor = {
  deductibleFen: 5_000_00,
  bands: [{ toFen: 10_000_00, rateBp: 5000 }, { toFen: 30_000_00, rateBp: 6000 }, { rateBp: 7000 }],
  mode: 'whole',
  boundary: 'low',
} as const;
const rule: TopUpRule = { mode: 'gap', yearCapFen: 6_000_00, minimumFen: 50_00, bands: exPoor };
const facts = (given: Partial<TopUpFacts>): TopUpFacts => ({
  members: 4,
  lineFen: 8_300_00,
  netFen: 32_000_00,
  reliefFen: 0,
  otherTopUpsFen: 0,
  thisYearFen: 0,
  ownCostFen: 0,
  ...given,
});

describe('the top-up of DOMAIN 6', () => {
  test.each`
    row     | members | line        | net          | relief      | other       | year        | resources    | gap          | sum         | limit             | why
    ${'1'}  | ${4}    | ${8_300_00} | ${32_000_00} | ${1_100_00} | ${0}        | ${0}        | ${33_100_00} | ${100_00}    | ${100_00}   | ${'gap'}          | ${'gap after relief that is not income'}
    ${'2'}  | ${4}    | ${8_300_00} | ${32_000_00} | ${1_500_00} | ${0}        | ${0}        | ${33_500_00} | ${0}         | ${0}        | ${'noGap'}        | ${'relief closed the gap, income is still below the line'}
    ${'3'}  | ${5}    | ${3_218_00} | ${14_500_00} | ${800_00}   | ${0}        | ${0}        | ${15_300_00} | ${790_00}    | ${790_00}   | ${'gap'}          | ${'a case of 2020 with the line of 2019'}
    ${'4'}  | ${3}    | ${8_300_00} | ${24_900_00} | ${0}        | ${0}        | ${0}        | ${24_900_00} | ${0}         | ${0}        | ${'notBelowLine'} | ${'exactly the line is not below it'}
    ${'5'}  | ${3}    | ${8_300_00} | ${24_899_99} | ${0}        | ${0}        | ${0}        | ${24_899_99} | ${1}         | ${0}        | ${'minimum'}      | ${'under the minimum nothing is paid'}
    ${'6'}  | ${5}    | ${8_300_00} | ${32_000_00} | ${1_100_00} | ${0}        | ${0}        | ${33_100_00} | ${8_400_00}  | ${6_000_00} | ${'yearCap'}      | ${'the cap of the year'}
    ${'6b'} | ${5}    | ${8_300_00} | ${32_000_00} | ${1_100_00} | ${1_000_00} | ${1_000_00} | ${34_100_00} | ${7_400_00}  | ${5_000_00} | ${'yearCap'}      | ${'1,000 paid this year'}
    ${'7'}  | ${2}    | ${8_300_00} | ${-1_500_00} | ${4_000_00} | ${0}        | ${0}        | ${2_500_00}  | ${14_100_00} | ${6_000_00} | ${'yearCap'}      | ${'a loss is income below zero'}
    ${'8'}  | ${4}    | ${8_300_00} | ${32_000_00} | ${1_500_00} | ${0}        | ${0}        | ${33_500_00} | ${0}         | ${0}        | ${'noGap'}        | ${'row 1 again after insurance became 900'}
    ${'9'}  | ${4}    | ${8_300_00} | ${32_000_00} | ${1_100_00} | ${100_00}   | ${100_00}   | ${33_200_00} | ${0}         | ${0}        | ${'noGap'}        | ${'row 1 once more in the same window'}
  `('row $row: $why', ({ members, line, net, relief, other, year, resources, gap, sum, limit }) => {
    const sheet = topUp(facts({ members, lineFen: line, netFen: net, reliefFen: relief, otherTopUpsFen: other, thisYearFen: year }), rule);
    expect(sheet).toMatchObject({ resourcesFen: resources, gapFen: gap, topUpFen: sum, limit });
  });

  test('row 8: what was paid too much is to be recovered', () => {
    expect(correctionFen(100_00, topUp(facts({ reliefFen: 1_500_00 }), rule).topUpFen)).toBe(-100_00);
  });

  test.each`
    ownCost      | net          | sum         | limit      | why
    ${15_000_00} | ${12_000_00} | ${6_000_00} | ${'bands'} | ${'the band of own cost pays 6,000 of a gap of 21,200'}
    ${15_000_00} | ${30_000_00} | ${3_200_00} | ${'gap'}   | ${'never more than the gap'}
    ${5_000_00}  | ${30_000_00} | ${0}        | ${'noGap'} | ${'no own cost above the deductible'}
  `('in bands: $why', ({ ownCost, net, sum, limit }) => {
    const banded = { ...rule, mode: 'bands', yearCapFen: 20_000_00 } as const;
    expect(topUp(facts({ netFen: net, ownCostFen: ownCost }), banded)).toMatchObject({ topUpFen: sum, limit });
  });

  test('more relief never raises the sum, and the sum never lifts above the line', () => {
    let last = Number.POSITIVE_INFINITY;
    for (let reliefFen = 0; reliefFen < 2_000_00; reliefFen += 37_13) {
      const sheet = topUp(facts({ reliefFen }), rule);
      expect(sheet.topUpFen).toBeLessThanOrEqual(last);
      expect(sheet.resourcesFen + sheet.topUpFen).toBeLessThanOrEqual(Math.max(sheet.thresholdFen, sheet.resourcesFen));
      last = sheet.topUpFen;
    }
  });
});
