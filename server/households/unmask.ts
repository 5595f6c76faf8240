import { sawPersonalData } from '../audit';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { randomId } from '../kernel/random';
import { post } from '../ledger';
import { decryptField } from '../platform/crypto/encrypt-field';
import { bankAccountPlace } from './enter-bank-account';
import { findHouseholdOrThrow } from './find-households';
import type { Household } from './household.model';
import type { UnmaskInput } from './households.inputs';
import { dataUnmasked } from './households.kinds';

/** Shows one sealed value in full, for a reason that is logged with who saw it before it is shown (DOMAIN 16, PR5). */
export async function unmask(ctx: Context, input: UnmaskInput): Promise<string> {
  const household = await findHouseholdOrThrow(ctx, input.id);
  const value = openValue(household, input) ?? fail('not-found');
  await post(ctx, {
    key: `unmasked:${randomId(ctx.random, 'see')}`, // each look counts
    kind: dataUnmasked,
    source: { type: 'household', id: household._id },
    writes: () => [
      sawPersonalData(ctx, 'household.unmasked', { type: 'household', id: household._id }, { fields: [input.field], reason: input.reason }),
    ],
  });
  return value;
}

function openValue(household: Household, { field, memberId }: UnmaskInput): string | undefined {
  const { _id, bankAccount, phoneSealed, members, headId } = household;
  if (field === 'phone') return phoneSealed && decryptField(phoneSealed, `household/${_id}/phone`);
  if (field === 'bankAccount') return bankAccount && decryptField(bankAccount.sealed, bankAccountPlace(_id, bankAccount.id));
  const member = members.find(({ id }) => id === (memberId ?? headId));
  return member && decryptField(member.idSealed, `household/${_id}/${member.id}/idNumber`);
}
