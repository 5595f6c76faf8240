import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { post } from '../ledger';
import { change, unchanged } from '../platform/mongo/document-writes';
import { findHouseholdOrThrow } from './find-households';
import { findStatementOrThrow } from './find-statements';
import { statementStates } from './household.states';
import type { StatementRef } from './households.inputs';
import { incomeVerified } from './households.kinds';
import { IncomeStatement } from './income-statement.model';
import { assertNotOwnHousehold } from './own-household';

/** Another person than the one who wrote it looks at proofs and figures. */
export async function verifyIncome(ctx: Context, input: StatementRef): Promise<IncomeStatement> {
  const household = await findHouseholdOrThrow(ctx, input.id);
  await assertNotOwnHousehold(ctx, household._id);
  const statement = await findStatementOrThrow(ctx, household._id, input.statementId);
  if (statement.state.name === 'verified' && statement.verifiedBy === ctx.actor.id) return statement;
  if (statement.submittedBy === ctx.actor.id) fail('rule.same-person', { step: 'incomeStated' });
  const state = statementStates.enter(statement.state, 'verified', ctx);
  await post(ctx, {
    key: `income:${statement._id}:verified`,
    kind: incomeVerified,
    source: { type: 'incomeStatement', id: statement._id },
    guards: [unchanged(IncomeStatement, statement)],
    writes: () => [
      change(IncomeStatement, statement, { state, verifiedBy: ctx.actor.id }),
      recorded(ctx, 'income.verified', { type: 'incomeStatement', id: statement._id }),
    ],
  });
  return findStatementOrThrow(ctx, household._id, statement._id);
}
