import { inOrder, zLocalDate, zWhole } from '../platform/validation/types';
import { z } from '../platform/validation/zod';

/** Rows of one page of a statement or list. */
export const rowsPerPage = 50;

/** Filters of a list of entries or statement lines; `after` is the entry number at which the page before ended. */
export const statementFilters = z
  .object({
    from: zLocalDate.optional(),
    to: zLocalDate.optional(),
    kind: z.string().max(80).optional(),
    after: zWhole(1, Number.MAX_SAFE_INTEGER).optional(),
  })
  .refine(...inOrder);

export type StatementFilters = z.output<typeof statementFilters>;

/** Accounts of one class, by code. */
export const accountFilters = z.object({
  class: z.string().max(80).optional(),
  after: z.string().max(200).optional(),
});

/** The day at whose end the trial balance is struck; today's without one. */
export const trialBalanceFilters = z.object({ day: zLocalDate.optional() });

/** The month of the journal. */
export const journalFilters = z.object({
  month: z
    .string()
    .regex(/^20\d{2}-(?:0[1-9]|1[0-2])$/)
    .optional(),
});

export const entryNumber = z.object({ seq: zWhole(1, Number.MAX_SAFE_INTEGER) });
export const accountCode = z.object({ code: z.string().min(1).max(200) });
