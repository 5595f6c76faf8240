import { decryptField } from '../platform/crypto/encrypt-field';
import { bankAccountPlace } from './enter-bank-account';
import type { Household } from './household.model';

/** Where a household's money goes, in the clear: only for making a bank file. */
interface Payee {
  accountId: string;
  account: string;
  hash: string;
  tail: string;
  holder: string;
}

/** The payee of a household, or undefined while its bank account is missing, unchecked or failed. */
export function payeeOf({ _id, bankAccount }: Pick<Household, '_id' | 'bankAccount'>): Payee | undefined {
  if (bankAccount?.state.name !== 'usable') return undefined;
  const { id, sealed, hash, tail, holder } = bankAccount;
  return { accountId: id, account: decryptField(sealed, bankAccountPlace(_id, id)), hash, tail, holder };
}
