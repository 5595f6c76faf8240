import { maskBankAccount, maskName, maskPhone, maskResidentId } from '../kernel/mask';
import { decryptField } from '../platform/crypto/encrypt-field';
import type { Household } from './household.model';

/** A household as pages and lists show it: every personal value masked. */
interface MaskedHousehold {
  id: string;
  number: string;
  village: string;
  name: string;
  members: number;
  phone?: string;
  bankAccount?: { bank: string; holder: string; masked: string; tail: string; state: string };
}

/** The head's name, or the household's number where the head is a child (DOMAIN 6, NO1). */
export function shownName(household: Pick<Household, 'headName' | 'number'>): string {
  return maskName(household.headName);
}

/** The masked view; decrypts what it masks, so use it for single pages, and {@link shownName} for lists. */
export function maskedHousehold(household: Household): MaskedHousehold {
  const { _id, number, village, members, phoneSealed, bankAccount } = household;
  return {
    id: _id,
    number,
    village,
    name: shownName(household),
    members: members.length,
    ...(phoneSealed && { phone: maskPhone(decryptField(phoneSealed, `household/${_id}/phone`)) }),
    ...(bankAccount && {
      bankAccount: {
        bank: bankAccount.bank,
        holder: maskName(bankAccount.holder),
        masked: maskBankAccount(`${'0'.repeat(12)}${bankAccount.tail}`),
        tail: bankAccount.tail,
        state: bankAccount.state.name,
      },
    }),
  };
}

/** An ID number as pages show it. */
export function maskedId(household: Household, member: Household['members'][number]): string {
  return maskResidentId(decryptField(member.idSealed, `household/${household._id}/${member.id}/idNumber`));
}
