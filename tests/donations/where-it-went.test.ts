import { causeTotals } from '../../server/donations/cause-totals';
import { pageOfUses } from '../../server/donations/page-of-uses';
import type { GiftUse, UseKind } from '../../server/donations/trace-gift';
import { tellsCause } from '../../server/funds';

const families = (order: string) => [...order].map((letter, n) => ({ household: `hs_${n}`, cause: causeOf[letter] ?? '' }));
const causeOf: Record<string, string> = { i: 'illness', s: 'schooling', d: 'disaster' };

test.each`
  order                | counted | shown                            | rest  | why
  ${'iiss'}            | ${0}    | ${{}}                            | ${0}  | ${'fewer than five families: nothing'}
  ${'iiiii'}           | ${5}    | ${{}}                            | ${5}  | ${'one cause alone would be that of every line'}
  ${'iiiiisssss'}      | ${10}   | ${{ illness: 5, schooling: 5 }}  | ${0}  | ${'five of each'}
  ${'iiiiissssi'}      | ${10}   | ${{}}                            | ${10} | ${'four hide a second cause, or they are found by subtraction'}
  ${'iiiiiisssssdddd'} | ${15}   | ${{ illness: 6 }}                | ${9}  | ${'the two smallest together'}
  ${'iiiiisssssi'}     | ${10}   | ${{ illness: 5, schooling: 5 }}  | ${0}  | ${'the eleventh waits for four more: its line came today'}
  ${'iiiiisssssiiiii'} | ${15}   | ${{ illness: 10, schooling: 5 }} | ${0}  | ${'then all five are counted at once'}
`('of $order: $why', ({ order, counted, shown, rest }) => {
  const totals = causeTotals(families(order), 5);
  expect(totals.households).toBe(counted);
  expect(Object.fromEntries(totals.causes.map(({ cause, households }) => [cause, households]))).toEqual(shown);
  expect(totals.rest).toBe(rest);
});

test('a family that was paid five times is one family; without a rule in force nothing is said', () => {
  const again = Array.from({ length: 5 }, () => ({ household: 'hs_1', cause: 'illness' }));
  expect(causeTotals(again, 5).households).toBe(0);
  expect(causeTotals(families('iiiiisssss'), Number.MAX_SAFE_INTEGER).households).toBe(0);
});

const uses = (['aid', 'aid', 'fee', 'aid', 'held', 'apart', 'held'] as UseKind[]).map(
  (kind, place): GiftUse => ({ kind, seq: kind === 'held' || kind === 'apart' ? place : 10 + place, amountFen: 1, leftFen: 7 - place }),
);
const seqsOf = (after: string | undefined) =>
  pageOfUses(uses, { limit: 3, ...(after !== undefined && { after }) }).rows.map(({ seq }) => seq);

test('pages by the place in the book: each use once, forwards and back, whatever was added meanwhile', () => {
  const first = pageOfUses(uses, { limit: 3 });
  expect([first.from, first.to, first.total, first.previous]).toEqual([1, 3, 7, undefined]);
  const second = pageOfUses(uses, { limit: 3, after: first.next });
  const third = pageOfUses(uses, { limit: 3, after: second.next });
  expect([first, second, third].flatMap(({ rows }) => rows)).toEqual(uses);
  expect([second.previous, third.next, third.from, third.to]).toEqual(['', undefined, 7, 7]);
  expect(seqsOf(third.previous)).toEqual(second.rows.map(({ seq }) => seq));
  const grown = [...uses.slice(0, 4), { kind: 'aid' as const, seq: 20, amountFen: 1, leftFen: 0 }, ...uses.slice(4)];
  expect(pageOfUses(grown, { limit: 3, after: first.next }).rows.map(({ seq }) => seq)).toEqual([13, 20, 4]);
});

test.each(['', 'gone-', 'held-1e9', '../..', 'gone--1', 'gone-99999999999999999999'])(
  'a cursor that we did not make (%s) is the first page',
  (after) => {
    expect(seqsOf(after)).toEqual(seqsOf(undefined));
  },
);

test.each`
  purpose                 | tells
  ${'general'}            | ${false}
  ${'goods'}              | ${false}
  ${'operating'}          | ${false}
  ${'illness'}            | ${true}
  ${'disasterOrAccident'} | ${true}
`('the purpose $purpose tells why a family was helped: $tells', ({ purpose, tells }) => expect(tellsCause(purpose)).toBe(tells));
