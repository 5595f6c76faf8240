import type { Request } from 'express';
import { fieldIssues } from '../validation/field-issues';
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

/**
 * What the filter line of a page shows again when its last day comes before its first: both as they were typed, and what is wrong. The
 * list is that without a last day.
 */
export function filterFaults(schema: z.ZodObject, req: { readonly query: Record<string, unknown> }) {
  const { error } = schema.safeParse(req.query);
  const issues = error ? fieldIssues(error).filter(({ code }) => code === 'ends-before-it-begins') : [];
  return issues.length > 0 ? { issues, form: { from: req.query['from'], to: req.query['to'] } } : {};
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
