import mongoose, { type Model } from 'mongoose';
import { AppError, invariant } from '../../kernel/errors';
import type { PageRequest } from '../validation/types';
import { z } from '../validation/zod';
import type { CountyDocument } from './document-writes';

/** How a list is sorted: field and direction, in the order of the index. `_id` is added as the last, so that the order is total. */
export type Order = Readonly<Record<string, 1 | -1>>;

export interface Page<Row> {
  rows: Row[];
  /** Where the next page begins, for `after`; absent on the last page. */
  next?: string;
}

export interface List {
  /** Equality filters that the index leads with, `ledger` first (LIBRARIES: no unfiltered list over a large collection). */
  filter: Record<string, unknown> & { ledger: string };
  order: Order;
  /** Order fields that no document has: computed of each row. Only for what a filter keeps small, since no index helps to sort them. */
  computed?: Readonly<Record<string, unknown>>;
}

const cursorValue = z.union([z.string().max(200), z.number(), z.boolean(), z.object({ date: z.iso.datetime() })]);
const cursorValues = z.array(cursorValue).max(6);
type CursorValue = z.output<typeof cursorValue>;

/**
 * One page of a collection by keyset: page 1,000 costs what page 1 costs, and rows that arrive meanwhile shift nothing. All order
 * fields must be present in every document. @throws AppError `input.malformed` for a cursor that we did not make.
 */
export async function pageOf<T extends CountyDocument>(model: Model<T>, list: List, page: PageRequest): Promise<Page<T>> {
  const { filter, order, computed } = list;
  const total: Order = { ...order, _id: Object.values(order).at(-1) ?? 1 };
  const after = page.after === undefined ? {} : rowsAfter(total, page.after);
  const rowsFrom = { ledger: filter.ledger, $and: [filter, after] } as Record<string, unknown>;
  const found = computed
    ? await model.aggregate<T>([
        { $match: filter },
        { $addFields: computed },
        { $match: rowsFrom },
        { $sort: total },
        { $limit: page.limit + 1 },
      ])
    : ((await model
        .find(rowsFrom)
        .sort(total)
        .limit(page.limit + 1)
        .lean()) as T[]);
  const rows = found.slice(0, page.limit);
  const last = found.length > page.limit ? rows.at(-1) : undefined;
  return last ? { rows, next: cursorOf(total, last) } : { rows };
}

function cursorOf(order: Order, row: CountyDocument): string {
  const values = Object.keys(order).map((field) => {
    const value = valueAt(row, field);
    invariant(value !== undefined && value !== null, 'list.order-field-is-present', { field });
    return value instanceof Date ? { date: value.toISOString() } : value;
  });
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** The value at a dotted path: an order may go by a field inside a field (`nameKeys.sortKey`). */
function valueAt(row: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, step) => (inner as Record<string, unknown> | undefined)?.[step], row);
}

/** The rows behind a cursor: equal in the first fields and beyond in the next, for each field in turn. */
function rowsAfter(order: Order, cursor: string): Record<string, unknown> {
  const fields = Object.entries(order);
  const values = readCursor(cursor, fields.length);
  const branches = fields.map(([field, direction], index) => {
    const equal = Object.fromEntries(fields.slice(0, index).map(([name], at) => [name, values[at]]));
    return { ...equal, [field]: mongoose.trusted({ [direction === 1 ? '$gt' : '$lt']: values[index] }) };
  });
  return { $or: branches };
}

function readCursor(cursor: string, length: number): unknown[] {
  const values = cursorValues.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!values.success || values.data.length !== length) throw new AppError('input.malformed');
  return values.data.map(asStored);
}

function asStored(value: CursorValue): unknown {
  return typeof value === 'object' ? new Date(value.date) : value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('input.malformed');
  }
}
