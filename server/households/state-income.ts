import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { failField } from '../kernel/errors';
import { daysBetween, shanghaiDay } from '../kernel/local-date';
import { post } from '../ledger';
import { hashOfAsked } from '../platform/crypto/hash-of-asked';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { insertion } from '../platform/mongo/document-writes';
import { findHouseholdOrThrow } from './find-households';
import { findStatementOrThrow } from './find-statements';
import { statementStates } from './household.states';
import type { StateIncomeInput } from './households.inputs';
import { incomeStated } from './households.kinds';
import { IncomeStatement } from './income-statement.model';
import { assertNotOwnHousehold } from './own-household';

const windowDays = { least: 365, most: 400 }; // each mode of `income.window` is a year (HH4): a month's income is below every line

/** Writes down what a household says it had within a window of a year, and submits it. Figures do not change afterwards. */
export async function stateIncome(ctx: Context, input: StateIncomeInput): Promise<IncomeStatement> {
  const household = await findHouseholdOrThrow(ctx, input.id);
  await assertNotOwnHousehold(ctx, household._id);
  const length = daysBetween(input.from, input.to) + 1;
  if (length < windowDays.least || length > windowDays.most) failField('to', 'not-a-window');
  if (input.to > shanghaiDay(ctx.clock.now())) failField('to', 'in-the-future'); // it would stand above all that follow
  const id = idOfRequest(ctx, 'inc', `${household._id}/${input.requestKey}`);
  await post(ctx, {
    key: `income:${id}:stated`,
    kind: incomeStated,
    source: { type: 'incomeStatement', id },
    facts: { asked: hashOfAsked(input) },
    writes: () => [
      insertion(ctx, IncomeStatement, {
        _id: id,
        household: household._id,
        from: input.from,
        to: input.to,
        items: input.items
          .filter(({ grossYuan, costYuan }) => grossYuan > 0 || costYuan > 0)
          .map(({ source, grossYuan, costYuan }) => ({ source, grossFen: grossYuan, costFen: costYuan })),
        depreciationFen: input.depreciationYuan,
        productionTaxesFen: input.productionTaxesYuan,
        rigidSpendingFen: input.rigidSpendingYuan,
        state: statementStates.begin('submitted', ctx),
        submittedBy: ctx.actor.id,
      }),
      recorded(ctx, 'income.stated', { type: 'incomeStatement', id }),
    ],
  });
  return findStatementOrThrow(ctx, household._id, id);
}
