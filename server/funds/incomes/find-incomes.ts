import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { type Page, pageOf } from '../../platform/mongo/page-of';
import type { IncomeFilters } from '../funds.inputs';
import { Income } from './income.model';

/** One income, or 404. Incomes belong to the county: the guard says who sees them. */
export async function findIncomeOrThrow(ctx: Context, id: string): Promise<Income> {
  return (await Income.findOne({ _id: id, ledger: ctx.ledger }).lean<Income>()) ?? fail('not-found');
}

/** The income with this number, if any. */
export async function findIncomeByNumber(ctx: Context, number: string): Promise<Income | undefined> {
  return (await Income.findOne({ ledger: ctx.ledger, number }).lean<Income>()) ?? undefined;
}

/** Incomes newest first, with the totals of the whole selection. */
export async function findIncomes(ctx: Context, { source, ...page }: IncomeFilters): Promise<Page<Income> & IncomeTotals> {
  const filter = { ledger: ctx.ledger, ...(source && { source }) };
  const [list, totals] = await Promise.all([pageOf(Income, { filter, order: { recordedAt: -1 } }, page), totalsOf(filter)]);
  return { ...list, ...totals };
}

interface IncomeTotals {
  count: number;
  sumFen: number;
}

async function totalsOf(filter: Record<string, unknown>): Promise<IncomeTotals> {
  const [totals] = await Income.aggregate<IncomeTotals>([
    { $match: filter },
    { $group: { _id: null, count: { $sum: 1 }, sumFen: { $sum: '$amountFen' } } },
  ]);
  return { count: totals?.count ?? 0, sumFen: totals?.sumFen ?? 0 };
}
