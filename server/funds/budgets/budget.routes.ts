import type { Response } from 'express';
import { allow, demoSigningCode } from '../../identity';
import { both } from '../../platform/http/both';
import { type Returned, renderForm } from '../../platform/http/form';
import { filtersOf } from '../../platform/http/list-url';
import { type Incoming, type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { z } from '../../platform/validation/zod';
import type { Budget } from './budget.model';
import { budgetsPage } from './budget-pages';
import { budgetFilters, budgetRef, confirmBudgetInput, proposeBudgetInput } from './budgets.inputs';
import { confirmBudget, declineBudget, proposeBudget } from './set-budget';

const words = (res: Response) => res.locals['t'] as Translate;
const shown = {
  method: 'post',
  page: (res: Response, { year }: Budget) => res.redirect(303, `/funds/budgets?year=${year}`),
  answer: {
    status: 201,
    description: 'The budget',
    schema: z.object({ id: z.string(), year: z.int(), purpose: z.string(), state: z.string(), amountFen: z.int() }).openapi('Budget'),
    from: ({ _id, year, purpose, state, amountFen }: Budget) => ({ id: _id, year, purpose, state: state.name, amountFen }),
  },
} as const;

/** Budgets of a purpose and year: proposed by one person, confirmed by another with a code. */
export function budgetRoutes({ demo }: { demo: boolean }): Routes {
  const room = routes();
  const onePage = async (req: Incoming<string>, res: Response) => ({
    layout: 'staff',
    ...(await budgetsPage(req.ctx, words(res), filtersOf(budgetFilters, req).year)),
    demoCode: demo ? await demoSigningCode(req.ctx) : undefined,
  });
  const again = async <Path extends string>(req: Incoming<Path>, res: Response, returned: Returned) => {
    const page = await onePage(req as unknown as Incoming<string>, res);
    renderForm(res, 'funds/budgets', { ...page, requestKey: returned.values['requestKey'] ?? page.requestKey }, returned);
  };
  room.get('/funds/budgets', allow('fund.read'), async (req, res) =>
    res.render('funds/budgets', await onePage(req as unknown as Incoming<string>, res)),
  );
  both(room, {
    ...shown,
    path: '/funds/budgets',
    guard: allow('fund.proposeBudget'),
    summary: 'Proposes how much may be used for a purpose in a year',
    input: proposeBudgetInput,
    act: proposeBudget,
    showAgain: again,
  });
  both(room, {
    ...shown,
    path: '/funds/budgets/:id/confirmations',
    guard: allow('fund.confirmBudget'),
    summary: 'Confirms a budget with a fresh code; it takes the place of the one before',
    input: confirmBudgetInput,
    act: confirmBudget,
    showAgain: again,
  });
  both(room, {
    ...shown,
    path: '/funds/budgets/:id/refusals',
    guard: allow('fund.confirmBudget'),
    summary: 'Lets a proposed budget go',
    input: budgetRef,
    act: declineBudget,
    showAgain: again,
  });
  return room;
}
