import { recorded } from '../../audit';
import { provenUnlessSigned, proveSignature } from '../../identity';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { isRefused, post } from '../../ledger';
import { hashOfAsked } from '../../platform/crypto/hash-of-asked';
import { idOfRequest } from '../../platform/crypto/id-of-request';
import { absent, change, insertion, unchanged } from '../../platform/mongo/document-writes';
import { Budget, FirstBudget } from './budget.model';
import { budgetStates } from './budget.states';
import type { BudgetRef, ConfirmBudgetInput, ProposeBudgetInput } from './budgets.inputs';
import { budgetNoted } from './budgets.kinds';
import { budgetsOf, findBudgetOrThrow } from './find-budgets';

/** Proposes how much may be used for a purpose in a year; it holds when another person has confirmed it. */
export async function proposeBudget(ctx: Context, input: ProposeBudgetInput): Promise<Budget> {
  const { requestKey, amount: amountFen, ...said } = input;
  const id = idOfRequest(ctx, 'bdg', requestKey);
  await post(ctx, {
    key: `budget:${id}:proposed`,
    kind: budgetNoted,
    source: { type: 'budget', id },
    facts: { asked: hashOfAsked({ ...said, amountFen }) },
    writes: () => [
      insertion(ctx, Budget, {
        _id: id,
        ...said,
        amountFen,
        proposedBy: ctx.actor.id,
        proposedAt: ctx.clock.now(),
        state: budgetStates.begin('proposed', ctx),
      }),
      recorded(ctx, 'budget.proposed', { type: 'budget', id }, { amountFen, purpose: said.purpose }),
    ],
  });
  return findBudgetOrThrow(ctx, id);
}

/**
 * Confirms a budget with a fresh code; the one that held for the same purpose and year ends with it.
 * @throws `rule.same-person`, `state.stale` when another one was confirmed meanwhile, `input.invalid` at `code`.
 */
export async function confirmBudget(ctx: Context, { id, code }: ConfirmBudgetInput): Promise<Budget> {
  const budget = await findBudgetOrThrow(ctx, id);
  const isDone = ({ state }: Budget) => state.name === 'confirmed' && state.by === ctx.actor.id;
  if (isDone(budget)) return budget; // a second click
  if (budget.proposedBy === ctx.actor.id) fail('rule.same-person', {});
  const state = budgetStates.enter(budget.state, 'confirmed', ctx);
  const earlier = (await budgetsOf(ctx, budget.year)).get(budget.purpose);
  const proof = await provenUnlessSigned(
    () => proveSignature(ctx, code),
    async () => isDone(await findBudgetOrThrow(ctx, id)),
  );
  if (!proof) return findBudgetOrThrow(ctx, id);
  const { purpose, amountFen } = budget;
  const first = `${ctx.ledger}/${budget.year}/${purpose}`;
  await post(ctx, {
    key: `budget:${id}:confirmed`,
    kind: budgetNoted,
    source: { type: 'budget', id },
    guards: [unchanged(Budget, budget), earlier ? unchanged(Budget, earlier) : absent(FirstBudget, first), ...proof.guards],
    writes: () => [
      change(Budget, budget, { state }),
      earlier
        ? change(Budget, earlier, { state: budgetStates.enter(earlier.state, 'replaced', ctx) })
        : insertion(ctx, FirstBudget, { _id: first, budget: id }),
      recorded(ctx, 'budget.confirmed', { type: 'budget', id }, { amountFen, purpose }, earlier ? { amountFen: earlier.amountFen } : {}),
      ...proof.writes,
    ],
  }).catch((error: unknown) => {
    if (isRefused(error, 'exists')) fail('state.stale'); // another first budget of the purpose was confirmed at the same time
    throw error;
  });
  return findBudgetOrThrow(ctx, id);
}

/** Lets a proposal go; also whoever made it may. */
export async function declineBudget(ctx: Context, { id }: BudgetRef): Promise<Budget> {
  const budget = await findBudgetOrThrow(ctx, id);
  if (budget.state.name === 'declined') return budget;
  const state = budgetStates.enter(budget.state, 'declined', ctx);
  await post(ctx, {
    key: `budget:${id}:declined`,
    kind: budgetNoted,
    source: { type: 'budget', id },
    guards: [unchanged(Budget, budget)],
    writes: () => [
      change(Budget, budget, { state }),
      recorded(ctx, 'budget.declined', { type: 'budget', id }, { purpose: budget.purpose }),
    ],
  });
  return findBudgetOrThrow(ctx, id);
}
