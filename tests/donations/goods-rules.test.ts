import type { GoodsLine } from '../../server/donations/goods/goods-offer.model';
import { leftToShelve, totalValue, valueLines } from '../../server/donations/goods/value-lines';
import { fen } from '../../server/kernel/money';

const line = (fields: Partial<GoodsLine>): GoodsLine => ({ name: '大米', unit: '袋', quantity: 200, usable: 200, shelved: 0, ...fields });

test.each`
  usable | declared     | unit         | value        | why
  ${200} | ${13_000_00} | ${59_80}     | ${11_960_00} | ${'the invoice counts, not what was declared (DO3)'}
  ${200} | ${10_000_00} | ${59_80}     | ${11_960_00} | ${'also above it'}
  ${190} | ${13_000_00} | ${59_80}     | ${11_362_00} | ${'only what was found good'}
  ${200} | ${13_000_00} | ${undefined} | ${0}         | ${'nothing supports a price: by name only, no income'}
  ${0}   | ${13_000_00} | ${59_80}     | ${0}         | ${'nothing was good'}
`('$usable good, declared $declared, supported $unit: $value, $why', ({ usable, declared, unit, value }) => {
  const valued = valueLines([line({ usable, declaredFen: declared })], [{ ...(unit && { unitFen: fen(unit), evidence: '发票 1' }) }]);
  expect(totalValue(valued)).toBe(value);
  expect(valued[0]?.valueFen).toBe(value || undefined);
});

test('lines are valued in their own order, and a line without evidence keeps its name', () => {
  const lines = [line({ name: '大米' }), line({ name: '旧书', unit: '本' }), line({ name: '油', usable: 10 })];
  const valued = valueLines(lines, [{ unitFen: fen(50_00), evidence: 'a' }, {}, { unitFen: fen(80_00), evidence: 'b' }]);
  expect(valued.map(({ name, valueFen }) => [name, valueFen])).toEqual([
    ['大米', 10_000_00],
    ['旧书', undefined],
    ['油', 800_00],
  ]);
});

test('what waits for a shelf is what was good, less what is on shelves', () => {
  expect(leftToShelve(line({ usable: 190, shelved: 150 }))).toBe(40);
  expect(leftToShelve({ shelved: 0 })).toBe(0);
});
