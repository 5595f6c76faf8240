import { buildStatement } from '../../server/funds/statement/build-statement';
import { columnOf } from '../../server/funds/statement/columns';
import type { PoolSums } from '../../server/ledger';

test.each`
  kind                     | column
  ${'gift.received'}       | ${'in'}
  ${'fund.incomeRecorded'} | ${'in'}
  ${'aid.reserved'}        | ${'used'}
  ${'aid.cancelled'}       | ${'used'}
  ${'goods.bought'}        | ${'used'}
  ${'fund.purposeChanged'} | ${'moved'}
  ${'roster.asked'}        | ${'moved'}
  ${'roster.undone'}       | ${'moved'}
  ${'gift.feePaid'}        | ${'fees'}
  ${'gift.refunded'}       | ${'givenBack'}
  ${'gift.disputed'}       | ${'givenBack'}
  ${'gift.chargedBack'}    | ${'givenBack'}
  ${'something.new'}       | ${'other'}
`('$kind stands in the column $column', ({ kind, column }) => {
  expect(columnOf(kind)).toBe(column);
});

const row = (pool: string, kind: string, amounts: { in?: number; out?: number }, stem = 'gift'): PoolSums => ({
  pool: `restriction:${pool}`,
  kind,
  stem,
  in: 0,
  out: 0,
  lines: 1,
  ...amounts,
});

test('opening and what moved make the closing, per purpose and in all; a change of purpose moves nothing in all', () => {
  const now = [
    { code: 'restriction:illness', total: 4_000 },
    { code: 'restriction:illness:130499101', total: 900 },
    { code: 'restriction:general', total: 6_500 },
  ];
  const during = [
    row('illness', 'gift.received', { in: 5_000 }),
    row('illness:130499101', 'fund.incomeRecorded', { in: 1_000 }, 'income:interest'),
    row('illness', 'aid.reserved', { out: 2_500 }),
    row('illness', 'aid.cancelled', { in: 500 }),
    row('illness', 'fund.purposeChanged', { out: 300 }),
    row('general', 'fund.purposeChanged', { in: 300 }, 'restriction:general'),
    row('general', 'gift.refunded', { out: 200 }),
  ];
  const after = [row('general', 'gift.received', { in: 1_000 }), row('illness:130499101', 'aid.reserved', { out: 100 })];
  const { rows, total, sources } = buildStatement(now, during, after);
  expect(rows).toEqual([
    expect.objectContaining({ purpose: 'general', opening: 5_400, in: 0, used: 0, moved: 300, givenBack: 200, closing: 5_500 }),
    expect.objectContaining({ purpose: 'illness', opening: 1_300, in: 6_000, used: 2_000, moved: -300, givenBack: 0, closing: 5_000 }),
  ]);
  expect(total).toEqual({ opening: 6_700, in: 6_000, used: 2_000, moved: 0, fees: 0, givenBack: 200, other: 0, closing: 10_500 });
  expect(sources).toEqual([
    { source: 'gift', fen: 5_000, entries: 1 },
    { source: 'interest', fen: 1_000, entries: 1 },
  ]);
});
