import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { post } from '../ledger';
import { change, unchanged } from '../platform/mongo/document-writes';
import { findHouseholdOrThrow } from './find-households';
import { findStatementOrThrow } from './find-statements';
import { statementStates } from './household.states';
import type { WithdrawIncomeInput } from './households.inputs';
import { incomeWithdrawn } from './households.kinds';
import { IncomeStatement } from './income-statement.model';
import { assertNotOwnHousehold } from './own-household';

/** Whoever wrote a statement down takes it back, with a reason, while nobody has verified it. @throws `state.not-allowed` afterwards. */
export async function withdrawIncome(ctx: Context, { id, statementId, withdrawReason }: WithdrawIncomeInput): Promise<IncomeStatement> {
  const household = await findHouseholdOrThrow(ctx, id);
  await assertNotOwnHousehold(ctx, household._id);
  const statement = await findStatementOrThrow(ctx, household._id, statementId);
  if (statement.submittedBy !== ctx.actor.id) fail('access.denied');
  if (statement.state.name === 'withdrawn' && statement.withdrawReason === withdrawReason) return statement;
  const state = statementStates.enter(statement.state, 'withdrawn', ctx);
  await post(ctx, {
    key: `income:${statement._id}:withdrawn`,
    kind: incomeWithdrawn,
    source: { type: 'incomeStatement', id: statement._id },
    guards: [unchanged(IncomeStatement, statement)],
    writes: () => [
      change(IncomeStatement, statement, { state, withdrawReason }),
      recorded(ctx, 'income.withdrawn', { type: 'incomeStatement', id: statement._id }, { reason: withdrawReason }),
    ],
  });
  return findStatementOrThrow(ctx, household._id, statement._id);
}
