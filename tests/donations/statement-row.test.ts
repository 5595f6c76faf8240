import { agreesWithLedger, type Period, paidUses, statementRow, totalOf } from '../../server/donations/statements/statement-row';
import { localDate } from '../../server/kernel/local-date';
import type { LotUse } from '../../server/ledger';

const lot = 'gift:D-2026-000001';
const [reserved, sent, back] = ['payable:case:1', 'transit:case:1', 'refund:r:1'];
let seq = 0;
const use = (on: string, kind: string, from: string, amount: number, into?: string, entry: object = {}): LotUse => {
  seq += 1;
  const view = { seq, key: `key-${seq}`, kind, effectiveOn: localDate(on), tags: {}, drawn: [], legs: [], ...entry };
  return { entry: view as unknown as LotUse['entry'], lot: from, amount, ...(into && { into }) };
};

// 10,000 came in December; 4,000 was approved, 3,000 of it paid in January and taken back in March, 500 refunded in February.
const paid = use('2026-01-20', 'payment.paid', sent, 3_000_00, undefined, { key: 'paid', tags: { village: '130499201201' } });
const uses = [
  use('2025-12-20', 'aid.reserved', lot, 4_000_00, reserved),
  use('2026-01-15', 'payment.sent', reserved, 3_000_00, sent),
  paid,
  use('2026-02-01', 'refund.asked', lot, 500_00, back),
  use('2026-02-03', 'gift.refunded', back, 500_00),
  use('2026-03-01', 'payment.paid', sent, -3_000_00, undefined, { reverses: 'paid' }),
];
const held = new Map([
  [lot, 5_500_00],
  [reserved, 1_000_00],
  [sent, 3_000_00],
  [back, 0],
]);
const gift = { number: 'D-2026-000001', amountFen: 10_000_00, receivedOn: localDate('2025-12-10'), trace: { uses, held } };

test.each`
  from            | to              | opening  | came     | paid     | back   | closing  | apart   | left    | why
  ${'2025-01-01'} | ${'2025-12-09'} | ${0}     | ${0}     | ${0}     | ${0}   | ${0}     | ${0}    | ${0}    | ${'before it came there is nothing'}
  ${'2025-12-10'} | ${'2025-12-31'} | ${0}     | ${10000} | ${0}     | ${0}   | ${10000} | ${4000} | ${6000} | ${'both days count; set apart is not paid'}
  ${'2026-01-01'} | ${'2026-01-31'} | ${10000} | ${0}     | ${3000}  | ${0}   | ${7000}  | ${1000} | ${6000} | ${'paid out of what was set apart'}
  ${'2026-02-01'} | ${'2026-02-02'} | ${7000}  | ${0}     | ${0}     | ${0}   | ${7000}  | ${1500} | ${5500} | ${'a refund asked for is still here'}
  ${'2026-02-03'} | ${'2026-02-28'} | ${7000}  | ${0}     | ${0}     | ${500} | ${6500}  | ${1000} | ${5500} | ${'sent back'}
  ${'2026-03-01'} | ${'2026-03-31'} | ${6500}  | ${0}     | ${-3000} | ${0}   | ${9500}  | ${4000} | ${5500} | ${'a payment taken back'}
  ${'2025-01-01'} | ${'2026-12-31'} | ${0}     | ${10000} | ${0}     | ${500} | ${9500}  | ${4000} | ${5500} | ${'all in one'}
`('$from to $to: $why', ({ from, to, why, ...yuan }) => {
  const row = statementRow(gift, { from, to });
  const fen = Object.fromEntries(Object.entries(yuan as Record<string, number>).map(([name, sum]) => [name, sum * 100]));
  expect(row).toEqual({ ...fen, fees: 0 });
});

test('the closing of a month is the opening of the next, and all months together are the year', () => {
  const months = ['2025-12', '2026-01', '2026-02', '2026-03'].map(
    (month): Period => ({
      from: localDate(`${month}-01`),
      to: localDate(`${month}-${month === '2026-02' ? '28' : '31'}`),
    }),
  );
  const rows = months.map((month) => statementRow(gift, month));
  expect(rows.slice(1).map(({ opening }) => opening)).toEqual(rows.slice(0, -1).map(({ closing }) => closing));
  const { came, paid: paidFen, back: backFen } = totalOf(rows);
  expect([came, paidFen, backFen]).toEqual([10_000_00, 0, 500_00]);
});

test('all movements together are what the ledger says lies there; a fen of difference is seen', () => {
  expect(agreesWithLedger(gift)).toBe(true);
  expect(agreesWithLedger({ ...gift, trace: { uses, held: new Map([...held, [lot, 5_500_01]]) } })).toBe(false);
});

test('payments name village and sum, never a cause', () => {
  const [one, ...others] = paidUses(gift, { from: localDate('2026-01-01'), to: localDate('2026-01-31') });
  expect(others).toEqual([]);
  expect(one).toEqual({ kind: 'aid', seq: paid.entry.seq, on: '2026-01-20', village: '130499201201', amountFen: 3_000_00 });
});
