import { encryptField } from '../platform/crypto/encrypt-field';
import type { KeptGiver } from './kept-giver.model';

/** A person's name for the receipt, and whom to tell: sealed for the gift of this id, so that nothing of a person stays readable in the database. Without a phone nobody is told. */
export function sealedPerson(
  id: string,
  { name, phone }: { name: string; phone?: string | undefined },
): Pick<KeptGiver, 'payerSealed' | 'contact'> {
  const payerSealed = encryptField(name, `gift/${id}/payerName`);
  return phone === undefined ? { payerSealed } : { payerSealed, contact: sealedContact(id, { name, phone }) };
}

/** Whom to tell of the gift of this id. */
export function sealedContact(id: string, { name, phone }: { name: string; phone: string }): NonNullable<KeptGiver['contact']> {
  return { nameSealed: encryptField(name, `gift/${id}/contactName`), phoneSealed: encryptField(phone, `gift/${id}/contactPhone`) };
}
