import type { IncomeItem } from '../../server/households/income-sources';
import { annualWindow, incomeWindow } from '../../server/households/income-window';
import { isBelowLine, netIncome, netPerHead } from '../../server/households/net-income';
import { localDate } from '../../server/kernel/local-date';

const item = (source: IncomeItem['source'], yuan: number, cost = 0): IncomeItem => ({ source, grossFen: yuan * 100, costFen: cost * 100 });
const figures = (items: IncomeItem[], depreciationFen = 0, productionTaxesFen = 0) => ({ items, depreciationFen, productionTaxesFen });
const farmLoss = [item('labour', 30_000), item('farming', 8_000, 11_000)];
const migrant = [item('labour', 36_000, 9_600)];
const row1 = [
  item('labour', 21_000),
  item('farming', 4_200),
  item('property', 800),
  item('subsistenceAllowance', 3_600),
  item('familySupport', 2_400),
];

describe('net income (DOMAIN 2)', () => {
  test.each`
    items       | lossFloor | deduct   | net          | why
    ${farmLoss} | ${'none'} | ${false} | ${27_000_00} | ${'a loss cuts wages'}
    ${farmLoss} | ${'zero'} | ${false} | ${30_000_00} | ${'a loss cuts nothing else'}
    ${migrant}  | ${'none'} | ${false} | ${36_000_00} | ${'living away is not deducted'}
    ${migrant}  | ${'none'} | ${true}  | ${26_400_00} | ${'living away is deducted'}
    ${row1}     | ${'none'} | ${false} | ${32_000_00} | ${'all four classes count'}
    ${[]}       | ${'none'} | ${false} | ${0}         | ${'no income is 0'}
  `('is $net fen: $why', ({ items, lossFloor, deduct, net }) => {
    expect(netIncome(figures(items), { lossFloor, deductMigrantCosts: deduct }).netFen).toBe(net);
  });

  test('takes depreciation and production taxes off what was earned by farm and shop', () => {
    const net = netIncome(figures([item('farming', 8_000, 3_000)], 400_00, 100_00), { lossFloor: 'none', deductMigrantCosts: false });
    expect(net).toMatchObject({ operatingFen: 4_500_00, netFen: 4_500_00 });
  });
});

test.each`
  net          | members | line        | below    | perHead     | why
  ${24_899_99} | ${3}    | ${8_300_00} | ${true}  | ${8_299_99} | ${'one fen is missing'}
  ${24_900_00} | ${3}    | ${8_300_00} | ${false} | ${8_300_00} | ${'exactly the line is not below'}
  ${-1_500_00} | ${2}    | ${8_300_00} | ${true}  | ${-750_00}  | ${'a loss is below'}
`('the line test: $why', ({ net, members, line, below, perHead }) => {
  expect(isBelowLine({ netFen: net, lineFen: line, members })).toBe(below);
  expect(netPerHead(net, members)).toBe(perHead);
});

test.each`
  mode            | applied         | from            | to
  ${'rolling12'}  | ${'2026-03-15'} | ${'2025-03-15'} | ${'2026-03-14'}
  ${'monthStart'} | ${'2026-03-15'} | ${'2025-03-01'} | ${'2026-02-28'}
  ${'annual'}     | ${'2026-03-15'} | ${'2024-10-01'} | ${'2025-09-30'}
  ${'annual'}     | ${'2026-10-01'} | ${'2025-10-01'} | ${'2026-09-30'}
  ${'annual'}     | ${'2026-09-30'} | ${'2024-10-01'} | ${'2025-09-30'}
  ${'rolling12'}  | ${'2028-02-29'} | ${'2027-02-28'} | ${'2028-02-28'}
`('the income window $mode of $applied is $from to $to', ({ mode, applied, from, to }) => {
  expect(incomeWindow(mode, localDate(applied))).toEqual({ from, to });
});

test('the income year 2019 ran from October 2018', () => {
  expect(annualWindow(2019)).toEqual({ from: '2018-10-01', to: '2019-09-30' });
});
