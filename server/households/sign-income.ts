import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { post } from '../ledger';
import { change, unchanged } from '../platform/mongo/document-writes';
import { findHouseholdOrThrow } from './find-households';
import { findSignedStatement, findStatementOrThrow } from './find-statements';
import { Household } from './household.model';
import { statementStates } from './household.states';
import type { StatementRef } from './households.inputs';
import { incomeSigned } from './households.kinds';
import { IncomeStatement } from './income-statement.model';
import { assertNotOwnHousehold } from './own-household';

/**
 * The family signs the verified figures; they take the place of those it signed before. Of two signed at once one wins.
 * @throws `state.not-allowed` when those before are of a later window, `state.stale` for the one that came second.
 */
export async function signIncome(ctx: Context, input: StatementRef): Promise<IncomeStatement> {
  const household = await findHouseholdOrThrow(ctx, input.id);
  await assertNotOwnHousehold(ctx, household._id);
  const statement = await findStatementOrThrow(ctx, household._id, input.statementId);
  if (statement.state.name === 'signed') return statement;
  const earlier = await findSignedStatement(ctx, input.id);
  if (earlier && earlier.to > statement.to) fail('state.not-allowed', { from: 'superseded', to: 'signed' });
  const state = statementStates.enter(statement.state, 'signed', ctx);
  await post(ctx, {
    key: `income:${statement._id}:signed`,
    kind: incomeSigned,
    source: { type: 'incomeStatement', id: statement._id },
    guards: [
      unchanged(Household, household),
      unchanged(IncomeStatement, statement),
      ...(earlier ? [unchanged(IncomeStatement, earlier)] : []),
    ],
    writes: () => [
      change(Household, household, { signedStatement: statement._id }),
      change(IncomeStatement, statement, { state, signedOn: shanghaiDay(ctx.clock.now()) }),
      ...(earlier ? [change(IncomeStatement, earlier, { state: statementStates.enter(earlier.state, 'superseded', ctx) })] : []),
      recorded(ctx, 'income.signed', { type: 'incomeStatement', id: statement._id }),
    ],
  });
  return findStatementOrThrow(ctx, input.id, statement._id);
}
