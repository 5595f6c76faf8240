import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { post } from '../ledger';
import { encryptField } from '../platform/crypto/encrypt-field';
import { hashOfAsked } from '../platform/crypto/hash-of-asked';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { lookupHash } from '../platform/crypto/lookup-hash';
import { change, unchanged } from '../platform/mongo/document-writes';
import { findHouseholdOrThrow } from './find-households';
import { Household } from './household.model';
import { bankAccountStates } from './household.states';
import type { BankAccountInput } from './households.inputs';
import { bankAccountEntered } from './households.kinds';
import { assertNotOwnHousehold } from './own-household';

/**
 * Enters or replaces the bank account that payments go to. Until a second person has checked it nothing is paid to it, so a changed
 * account also blocks what was approved before (DOMAIN 6, BP5).
 */
export async function enterBankAccount(ctx: Context, input: BankAccountInput): Promise<Household> {
  const household = await findHouseholdOrThrow(ctx, input.id);
  await assertNotOwnHousehold(ctx, household._id);
  const accountId = idOfRequest(ctx, 'bac', `${household._id}/${input.requestKey}`);
  const bankAccount = {
    id: accountId,
    bank: input.bank,
    holder: input.holder,
    sealed: encryptField(input.account, bankAccountPlace(household._id, accountId)),
    hash: bankAccountHash(input.account),
    tail: input.account.slice(-4),
    state: bankAccountStates.begin('entered', ctx),
    enteredBy: ctx.actor.id,
  };
  await post(ctx, {
    key: `household:${household._id}:bankAccount:${accountId}`,
    kind: bankAccountEntered,
    source: { type: 'household', id: household._id },
    facts: { asked: hashOfAsked(input) },
    guards: [unchanged(Household, household)],
    writes: () => [
      change(Household, household, { bankAccount }),
      recorded(ctx, 'household.bankAccountEntered', { type: 'household', id: household._id }),
    ],
  });
  return findHouseholdOrThrow(ctx, household._id);
}

/** Where a bank account's text is bound to: it cannot be moved to another household or back from an earlier one. */
export function bankAccountPlace(household: string, account: string): string {
  return `household/${household}/bankAccount/${account}`;
}

/** The keyed hash by which two accounts are compared without being read. */
export function bankAccountHash(account: string): string {
  return lookupHash('bankAccount', account);
}
