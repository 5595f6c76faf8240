import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { fail, failField } from '../kernel/errors';
import { post } from '../ledger';
import { change, unchanged } from '../platform/mongo/document-writes';
import { bankAccountHash } from './enter-bank-account';
import { findHouseholdOrThrow } from './find-households';
import { Household } from './household.model';
import { bankAccountStates } from './household.states';
import type { CheckBankAccountInput } from './households.inputs';
import { bankAccountChecked } from './households.kinds';
import { assertNotOwnHousehold } from './own-household';

/**
 * A second person types the account anew from card or passbook; when it is the same number, it can be paid to. Four digits at its end
 * would let one of ten thousand wrong accounts pass.
 */
export async function checkBankAccount(ctx: Context, { id, wholeAccount }: CheckBankAccountInput): Promise<Household> {
  const household = await findHouseholdOrThrow(ctx, id);
  await assertNotOwnHousehold(ctx, household._id);
  const { bankAccount } = household;
  if (!bankAccount) return fail('state.not-allowed', { from: 'none', to: 'usable' });
  if (bankAccount.state.name === 'usable') return household;
  if (bankAccount.enteredBy === ctx.actor.id) fail('rule.same-person', { step: 'bankAccountEntered' });
  if (bankAccount.hash !== bankAccountHash(wholeAccount)) failField('wholeAccount', 'card-number');
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
