import { zSigningCode } from '../../identity';
import { fen } from '../../kernel/money';
import { zId, zNfcText, zRequestKey, zWhole, zYuan } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';
import { purposes } from '../purposes';

const zYear = zWhole(2000, 2100);

export const proposeBudgetInput = z.object({
  requestKey: zRequestKey,
  year: zYear,
  purpose: z.enum(purposes),
  amount: zYuan({ min: fen(1_00), max: fen(1_000_000_000_00) }),
  document: zNfcText(120),
});
export type ProposeBudgetInput = z.output<typeof proposeBudgetInput>;

export const budgetRef = z.object({ id: zId('bdg') });
export type BudgetRef = z.output<typeof budgetRef>;
export const confirmBudgetInput = budgetRef.extend({ code: zSigningCode });
export type ConfirmBudgetInput = z.output<typeof confirmBudgetInput>;

/** The year of the page; the running one without it. */
export const budgetFilters = z.object({ year: zYear.optional() });
