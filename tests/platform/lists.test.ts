import mongoose from 'mongoose';
import { filtersOf, listUrl } from '../../server/platform/http/list-url';
import { countySchema } from '../../server/platform/mongo/county-schema';
import type { CountyDocument } from '../../server/platform/mongo/document-writes';
import { type Order, pageOf } from '../../server/platform/mongo/page-of';
import { zLocalDate, zNfcText, zPage } from '../../server/platform/validation/types';
import { z } from '../../server/platform/validation/zod';
import { useTestDatabase } from '../support/test-database';

interface Row extends CountyDocument {
  village: string;
  points: number;
  at: Date;
}
const Row = mongoose.model<Row>('ListRow', countySchema<Row>({ village: String, points: Number, at: Date }), 'list-rows');
const ids = (count: number) => Array.from({ length: count }, (_, index) => `r${String(index).padStart(2, '0')}`);

useTestDatabase();
beforeEach(async () => {
  await Row.deleteMany({});
  await Row.insertMany(
    ids(25).map((_id, index) => ({
      _id,
      ledger: 'hean',
      version: 1,
      village: 'a',
      points: index % 3,
      at: new Date(Date.UTC(2026, 10, 1 + (index % 5))),
    })),
  );
  await Row.create({ _id: 'foreign', ledger: 'other', version: 1, village: 'a', points: 0, at: new Date(0) });
});

async function readAll(order: Order, limit: number, between?: () => Promise<unknown>): Promise<Row[]> {
  const rows: Row[] = [];
  let after: string | undefined;
  do {
    const page = await pageOf(Row, { filter: { ledger: 'hean', village: 'a' }, order }, { limit, after });
    rows.push(...page.rows);
    after = page.next;
    await between?.();
  } while (after);
  return rows;
}

test.each`
  order                    | what
  ${{ points: 1 }}         | ${'numbers that repeat'}
  ${{ points: -1, at: 1 }} | ${'two fields in opposite directions'}
  ${{ at: -1 }}            | ${'dates, newest first'}
  ${{}}                    | ${'ids alone'}
`('pages of 7 show every row once, in order, sorted by $what', async ({ order }) => {
  const all = (await Row.find({ ledger: 'hean' })
    .sort({ ...order, _id: Object.values(order).at(-1) ?? 1 } as Record<string, 1 | -1>)
    .lean()) as Row[];
  expect((await readAll(order, 7)).map(({ _id }) => _id)).toEqual(all.map(({ _id }) => _id));
});

test('a full last page has no next', async () => {
  const { rows, next } = await pageOf(Row, { filter: { ledger: 'hean' }, order: { at: 1 } }, { limit: 25 });
  expect([rows.length, next]).toEqual([25, undefined]);
});

test('rows that arrive meanwhile shift nothing and repeat nothing', async () => {
  let arrived = 0;
  const rows = await readAll({ points: 1 }, 10, () =>
    Row.create({ _id: `a${arrived++}`, ledger: 'hean', version: 1, village: 'a', points: -1, at: new Date(0) }),
  );
  expect(rows.map(({ _id }) => _id).filter((id) => id.startsWith('r'))).toHaveLength(25);
});

const sealed = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
test.each`
  cursor                               | why
  ${'%%%'}                             | ${'is no text of ours'}
  ${sealed([1])}                       | ${'has too few values'}
  ${sealed({ $gt: '' })}               | ${'is an object'}
  ${sealed([{ $gt: '' }, 'r01'])}      | ${'holds an operator'}
  ${sealed([{ date: 'soon' }, 'r01'])} | ${'holds no date'}
`('a cursor that $why is refused', async ({ cursor }) => {
  const list = { filter: { ledger: 'hean' }, order: { at: 1 } as const };
  await expect(pageOf(Row, list, { limit: 5, after: cursor })).rejects.toMatchObject({ code: 'input.malformed' });
});

test('an operator from outside in a filter is a value, not an operator', async () => {
  const fromOutside = { $ne: 'x' } as unknown as string;
  const list = { filter: { ledger: 'hean', village: fromOutside }, order: { at: 1 } as const };
  await expect(pageOf(Row, list, { limit: 5 })).rejects.toThrow(/Cast to string failed/);
});

describe('filters in the URL', () => {
  const filters = z.object({
    state: z.enum(['open', 'paid']).default('open'),
    from: zLocalDate.optional(),
    q: zNfcText(20).optional(),
    ...zPage.shape,
  });

  test.each`
    query                                             | read
    ${{}}                                             | ${{ state: 'open', limit: 50 }}
    ${{ state: 'paid', from: '2026-11-24' }}          | ${{ state: 'paid', from: '2026-11-24', limit: 50 }}
    ${{ state: 'old', q: ['a', 'b'], limit: '9999' }} | ${{ state: 'open', limit: 50 }}
    ${{ from: '2026-02-30', q: '张' }}                | ${{ state: 'open', q: '张', limit: 50 }}
  `('$query reads as $read', ({ query, read }) => expect(filtersOf(filters, { query })).toEqual(read));

  test.each`
    changes              | url
    ${{ after: 'abc' }}  | ${'/cases?state=open&q=%E5%BC%A0&after=abc'}
    ${{ state: 'paid' }} | ${'/cases?state=paid&q=%E5%BC%A0'}
    ${{ q: undefined }}  | ${'/cases?state=open'}
  `('$changes leads to $url', ({ changes, url }) => {
    expect(listUrl({ originalUrl: '/cases?state=open&q=%E5%BC%A0&after=old' }, changes)).toBe(url);
  });
});
