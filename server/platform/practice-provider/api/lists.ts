import { z } from '../../validation/zod';
import { type createdFilter, integer } from './parameters';
import { missing } from './refusals';

/** The parameters that each list takes. */
export const pageParameters = {
  limit: integer.refine((limit) => limit >= 1 && limit <= 100, 'must be between 1 and 100').optional(),
  starting_after: z.string().optional(),
  ending_before: z.string().optional(),
};

export interface PageAsked {
  limit?: number | undefined;
  starting_after?: string | undefined;
  ending_before?: string | undefined;
}

export interface WireList<T> {
  object: 'list';
  data: T[];
  has_more: boolean;
  url: string;
}

/** One page, newest first. `ending_before` gives the page just newer than the cursor, which is how the sweep walks forward. */
export function page<T extends { id: string; object: string }>(oldestFirst: readonly T[], asked: PageAsked, url: string): WireList<T> {
  const newestFirst = [...oldestFirst].reverse();
  const limit = asked.limit ?? 10;
  const place = (param: 'starting_after' | 'ending_before', id: string): number => {
    const index = newestFirst.findIndex((item) => item.id === id);
    if (index < 0) throw missing('object', id, param);
    return index;
  };

  if (asked.ending_before !== undefined) {
    const end = place('ending_before', asked.ending_before);
    const start = Math.max(0, end - limit);
    return { object: 'list', data: newestFirst.slice(start, end), has_more: start > 0, url };
  }
  const start = asked.starting_after === undefined ? 0 : place('starting_after', asked.starting_after) + 1;
  return { object: 'list', data: newestFirst.slice(start, start + limit), has_more: newestFirst.length > start + limit, url };
}

/** True when the object was made within the asked time. */
export function createdWithin(item: { created: number }, asked: z.infer<typeof createdFilter> | undefined): boolean {
  if (asked === undefined) return true;
  if (typeof asked === 'number') return item.created === asked;
  const { gt, gte, lt, lte } = asked;
  return item.created > (gt ?? -1) && item.created >= (gte ?? 0) && item.created < (lt ?? Infinity) && item.created <= (lte ?? Infinity);
}
