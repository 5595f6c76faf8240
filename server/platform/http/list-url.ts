import type { Request } from 'express';
import type { z } from '../validation/zod';

/**
 * The filters of a list, from its URL. A value that does not fit is left out instead of refused, so that an old bookmark still
 * opens; each filter field of the schema must be optional or have a default.
 */
export function filtersOf<Schema extends z.ZodObject>(schema: Schema, req: { readonly query: unknown }): z.output<Schema> {
  const first = schema.safeParse(req.query);
  if (first.success) return first.data;
  const wrong = new Set(first.error.issues.map((issue) => String(issue.path[0])));
  return schema.parse(Object.fromEntries(Object.entries(req.query as object).filter(([name]) => !wrong.has(name))));
}

/** The address of the same list with some parameters changed (`undefined` removes one); a change of filter begins at page one. */
export function listUrl(req: Pick<Request, 'originalUrl'>, changes: Record<string, string | undefined>): string {
  const url = new URL(req.originalUrl, 'http://list');
  url.searchParams.delete('after');
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  return `${url.pathname}${url.search}`;
}
