import { hideSmallCells } from '../../server/transparency/hide-small-cells';
import { villagesTogether } from '../../server/transparency/mass-organisations/villages-of';

const cells = (counts: Record<string, number>) => Object.entries(counts).map(([key, count]) => ({ key, count, fen: count * 100_00 }));

test.each`
  counts                   | hidden             | why
  ${{ a: 8, b: 9 }}        | ${[]}              | ${'enough in each'}
  ${{ a: 3, b: 9, c: 20 }} | ${['a', 'b']}      | ${'a second one, or the first is found by subtraction'}
  ${{ a: 3, b: 4, c: 20 }} | ${['a', 'b']}      | ${'two hide each other'}
  ${{ a: 5, b: 9 }}        | ${[]}              | ${'the least number itself is shown (以上 includes)'}
  ${{ a: 0, b: 9, c: 4 }}  | ${['b', 'c']}      | ${'an empty cell tells nothing and hides nothing'}
  ${{ a: 1, b: 2, c: 20 }} | ${['a', 'b', 'c']} | ${'two whose sum is small hide with a third'}
  ${{ a: 3 }}              | ${['a']}           | ${'alone'}
`('of $counts hides $hidden: $why', ({ counts, hidden }) => {
  const shown = hideSmallCells(cells(counts), 5);
  expect(shown.filter(({ count }) => count === undefined).map(({ key }) => key)).toEqual(hidden);
  for (const cell of shown) expect(cell.fen === undefined).toBe(cell.count === undefined);
});

test.each`
  one                      | other       | shown    | why
  ${{ a: 6 }}              | ${{ a: 7 }} | ${['a']} | ${'enough on each page'}
  ${{ a: 9 }}              | ${{ a: 2 }} | ${[]}    | ${'less than five are left when the first page is taken away'}
  ${{ a: 3 }}              | ${{ a: 4 }} | ${['a']} | ${'hidden on both pages, enough together'}
  ${{ a: 9 }}              | ${{}}       | ${['a']} | ${'one organisation alone tells what its own page tells'}
  ${{ a: 3, b: 9, c: 20 }} | ${{ c: 6 }} | ${['c']} | ${'what one page hides stays hidden beside another’s'}
`('villages of two organisations together, $one and $other: $why', ({ one, other, shown }) => {
  const together = villagesTogether([cells(one), cells(other)], 5);
  expect(together.filter(({ count }) => count !== undefined).map(({ key }) => key)).toEqual(shown);
});
