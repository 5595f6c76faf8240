import type { Response } from 'express';
import { allow } from '../identity';
import { both } from '../platform/http/both';
import type { Routes } from '../platform/http/routes';
import { statementOf, statementView } from './households.api';
import { stateIncomeInput, statementId, withdrawIncomeInput } from './households.inputs';
import type { IncomeStatement } from './income-statement.model';
import { showHouseholdAgain } from './show-household-again';
import { signIncome } from './sign-income';
import { stateIncome } from './state-income';
import { verifyIncome } from './verify-income';
import { withdrawIncome } from './withdraw-income';

const stated = { status: 201, description: 'The statement', schema: statementView, from: statementOf } as const;
const toIncome = (res: Response, { household }: IncomeStatement) => res.redirect(303, `/households/${household}#income`);

/** What is done with a household's income: stated, verified by another, signed, taken back. */
export function addIncomeActs(room: Routes): void {
  const shown = { method: 'post', page: toIncome, answer: stated, showAgain: showHouseholdAgain } as const;
  both(room, {
    ...shown,
    path: '/households/:id/income-statements',
    guard: allow('income.state'),
    summary: 'States the income of a window',
    input: stateIncomeInput,
    lists: { items: ['grossYuan', 'costYuan'] },
    act: stateIncome,
  });
  both(room, {
    ...shown,
    path: '/households/:id/income-statements/:statementId/verifications',
    guard: allow('income.verify'),
    summary: 'Verifies a statement; another person than the one who wrote it',
    input: statementId,
    act: verifyIncome,
  });
  both(room, {
    ...shown,
    path: '/households/:id/income-statements/:statementId/signatures',
    guard: allow('income.sign'),
    summary: 'Records that the family has signed a verified statement',
    input: statementId,
    act: signIncome,
  });
  both(room, {
    ...shown,
    path: '/households/:id/income-withdrawals',
    guard: allow('income.state'),
    summary: 'Takes back a statement that nobody has verified; only who wrote it',
    input: withdrawIncomeInput,
    act: withdrawIncome,
  });
}
