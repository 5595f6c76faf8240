import { z } from '../platform/validation/zod';
import type { Household } from './household.model';
import type { IncomeStatement } from './income-statement.model';
import { shownName } from './masked-household';

/** A household as programs get it: masked. */
export const householdView = z
  .object({
    id: z.string(),
    number: z.string(),
    name: z.string().openapi({ description: 'Masked' }),
    village: z.string(),
    state: z.string(),
    members: z.int(),
    group: z.string().optional(),
    bankAccount: z.object({ tail: z.string(), state: z.string() }).optional(),
  })
  .openapi('Household');

export const statementView = z
  .object({ id: z.string(), household: z.string(), from: z.string(), to: z.string(), state: z.string() })
  .openapi('IncomeStatement');

export const cardView = z
  .object({ number: z.string(), pin: z.string().optional().openapi({ description: 'Shown once' }) })
  .openapi('IssuedCard');

export function householdOf(household: Household): z.output<typeof householdView> {
  const { _id, number, village, state, members, monitored, bankAccount } = household;
  return {
    id: _id,
    number,
    name: shownName(household),
    village,
    state: state.name,
    members: members.length,
    ...(monitored && { group: monitored.group }),
    ...(bankAccount && { bankAccount: { tail: bankAccount.tail, state: bankAccount.state.name } }),
  };
}

export function statementOf({ _id, household, from, to, state }: IncomeStatement): z.output<typeof statementView> {
  return { id: _id, household, from, to, state: state.name };
}
