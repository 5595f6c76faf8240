import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { fail, failField } from '../kernel/errors';
import { post } from '../ledger';
import { change, unchanged } from '../platform/mongo/document-writes';
import { findHouseholdOrThrow } from './find-households';
import { Household } from './household.model';
import { bankAccountStates } from './household.states';
import type { CheckBankAccountInput } from './households.inputs';
import { bankAccountChecked } from './households.kinds';

/** A second person compares the account with card or passbook and types its last four digits; then it can be paid to. */
export async function checkBankAccount(ctx: Context, { id, tail }: CheckBankAccountInput): Promise<Household> {
  const household = await findHouseholdOrThrow(ctx, id);
  const { bankAccount } = household;
  if (!bankAccount) return fail('state.not-allowed', { from: 'none', to: 'usable' });
  if (bankAccount.state.name === 'usable') return household;
  if (bankAccount.enteredBy === ctx.actor.id) fail('rule.same-person', { step: 'bankAccountEntered' });
  if (bankAccount.tail !== tail) failField('tail', 'card-number');
  const state = bankAccountStates.enter(bankAccount.state, 'usable', ctx);
  await post(ctx, {
    key: `household:${id}:bankAccount:${bankAccount.id}:checked:${household.version}`,
    kind: bankAccountChecked,
    source: { type: 'household', id },
    guards: [unchanged(Household, household)],
    writes: () => [
      change(Household, household, { bankAccount: { ...bankAccount, state } }),
      recorded(ctx, 'household.bankAccountChecked', { type: 'household', id }),
    ],
  });
  return findHouseholdOrThrow(ctx, id);
}
