import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { IncomeStatement } from './income-statement.model';

/** A statement of a household that the caller has already found within reach. */
export async function findStatementOrThrow(ctx: Context, household: string, id: string): Promise<IncomeStatement> {
  return (await IncomeStatement.findOne({ _id: id, ledger: ctx.ledger, household }).lean<IncomeStatement>()) ?? fail('not-found');
}

/** The statement that the family has signed and that no later one has replaced. */
export async function findSignedStatement(ctx: Context, household: string): Promise<IncomeStatement | undefined> {
  const found = await IncomeStatement.findOne({ ledger: ctx.ledger, household, 'state.name': 'signed' })
    .sort({ to: -1, _id: -1 })
    .lean<IncomeStatement>();
  return found ?? undefined;
}

/** All statements of a household, the newest first. */
export async function findStatements(ctx: Context, household: string): Promise<IncomeStatement[]> {
  return IncomeStatement.find({ ledger: ctx.ledger, household }).sort({ to: -1, _id: -1 }).limit(20).lean<IncomeStatement[]>();
}
