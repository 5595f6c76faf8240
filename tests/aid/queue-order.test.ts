import { coveredCases, inQueueOrder } from '../../server/aid/queue-order';
import { localDate } from '../../server/kernel/local-date';

const queued = (id: string, members: number, gapYuan: number, day: number) => ({
  id,
  members,
  gapFen: gapYuan * 100,
  topUpFen: gapYuan * 100,
  submittedOn: localDate(`2026-06-0${day}`),
});
const [a, b, c, d] = [queued('A', 4, 3_200, 2), queued('B', 2, 2_400, 3), queued('C', 5, 4_000, 1), queued('D', 1, 150, 4)];
const all = [a, b, c, d];
const names = (cases: readonly { id: string }[]) => cases.map(({ id }) => id).join(' ');

test('the larger gap a head comes first, then the earlier submission', () => {
  expect(names(inQueueOrder(all))).toBe('B C A D'); // C and A both lack 800 a head; C came earlier
  expect(names(inQueueOrder([queued('Y', 2, 100, 1), queued('X', 2, 100, 1)]))).toBe('X Y');
});

test.each`
  balance     | skipAhead | covered
  ${6_700_00} | ${false}  | ${'B C'}
  ${6_700_00} | ${true}   | ${'B C D'}
  ${9_750_00} | ${false}  | ${'B C A D'}
  ${0}        | ${true}   | ${''}
`('with $balance fen, skipping ahead $skipAhead, are covered: $covered', ({ balance, skipAhead, covered }) => {
  expect(names(coveredCases(all, balance, skipAhead))).toBe(covered);
});
