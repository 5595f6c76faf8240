import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { post } from '../ledger';
import { change, unchanged } from '../platform/mongo/document-writes';
import { findSignedStatement, findStatementOrThrow } from './find-statements';
import { statementStates } from './household.states';
import type { StatementRef } from './households.inputs';
import { incomeSigned } from './households.kinds';
import { IncomeStatement } from './income-statement.model';

/**
 * The family signs the verified figures; they take the place of those it signed before. @throws `state.not-allowed` when those are of a
 * later window.
 */
export async function signIncome(ctx: Context, input: StatementRef): Promise<IncomeStatement> {
  const statement = await findStatementOrThrow(ctx, input.id, input.statementId);
  if (statement.state.name === 'signed') return statement;
  const earlier = await findSignedStatement(ctx, input.id);
  if (earlier && earlier.to > statement.to) fail('state.not-allowed', { from: 'superseded', to: 'signed' });
  const state = statementStates.enter(statement.state, 'signed', ctx);
  await post(ctx, {
    key: `income:${statement._id}:signed`,
    kind: incomeSigned,
    source: { type: 'incomeStatement', id: statement._id },
    guards: [unchanged(IncomeStatement, statement), ...(earlier ? [unchanged(IncomeStatement, earlier)] : [])],
    writes: () => [
      change(IncomeStatement, statement, { state, signedOn: shanghaiDay(ctx.clock.now()) }),
      ...(earlier ? [change(IncomeStatement, earlier, { state: statementStates.enter(earlier.state, 'superseded', ctx) })] : []),
      recorded(ctx, 'income.signed', { type: 'incomeStatement', id: statement._id }),
    ],
  });
  return findStatementOrThrow(ctx, input.id, statement._id);
}
