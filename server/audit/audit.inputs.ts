import { inOrder, zLocalDate, zPage, zWhole } from '../platform/validation/types';
import { z } from '../platform/validation/zod';

const emptyAsNone = <Schema extends z.ZodType>(schema: Schema) => z.union([z.literal('').transform(() => undefined), schema]).optional();
const code = emptyAsNone(z.string().regex(/^[\w.:-]{1,80}$/));
const typed = emptyAsNone(z.string().trim().min(1).max(60));

const filters = z.object({
  view: z.enum(['all', 'seen']).default('all'),
  what: code,
  actor: code,
  /** Who did it, as people type it: a name, its sound, an account, the last four digits of a phone number. */
  who: typed,
  /** The number on the paper that it was done to. */
  number: typed,
  subjectType: code,
  subjectId: code,
  from: emptyAsNone(zLocalDate),
  to: emptyAsNone(zLocalDate),
  /** Rows on the pages before, for the line under the table. */
  seen: zWhole(0, 10_000_000).default(0),
  ...zPage.shape,
});

/** Filters of the list of events, from its URL. */
export const auditFilters = filters.refine(...inOrder);
/** The same for a program. */
export const auditQuery = filters.omit({ seen: true }).refine(...inOrder);

export type AuditFilters = z.output<typeof auditFilters>;
