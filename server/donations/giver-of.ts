import type { Restriction } from '../funds';
import { AppError, type FieldIssue } from '../kernel/errors';
import type { Fen } from '../kernel/money';
import type { GiveInput } from './donations.inputs';

/** Who gives, as far as the giver says: an organisation, a person, or one who wants nothing kept; a member gives for his
 * organisation, which is known. */
export type Giver =
  | { kind: 'organisation'; name: string; creditCode: string; contactName: string; phone: string }
  | { kind: 'person'; name: string; phone: string }
  | { kind: 'anonymous' }
  | { kind: 'member' };

/** What was filled in on the give page, whole. @throws `input.invalid` with each field that the choices made necessary. */
export function readGive(input: GiveInput): { amountFen: Fen; restriction: Restriction; giver: Giver } {
  const missing: FieldIssue[] = [];
  const need = <Value>(field: keyof GiveInput, value: Value | undefined): Value => {
    if (value === undefined) missing.push({ path: field, code: 'required' });
    return value as Value; // only used when nothing is missing
  };
  const amountFen = need('amount', input.otherAmount ?? input.amount); // a typed sum wins over a card
  const restriction = restrictionOfGive(input, need);
  const giver = giverOf(input, need);
  if (missing.length > 0) throw new AppError('input.invalid', {}, missing);
  return { amountFen, restriction, giver };
}

type Need = <Value>(field: keyof GiveInput, value: Value | undefined) => Value;

function restrictionOfGive({ purpose, place }: GiveInput, need: Need): Restriction {
  return purpose === 'place' ? { purpose: 'general', area: need('place', place) } : { purpose };
}

function giverOf(input: GiveInput, need: Need): Giver {
  switch (input.giver) {
    case 'organisation':
      return {
        kind: 'organisation',
        name: need('organisationName', input.organisationName),
        creditCode: need('creditCode', input.creditCode),
        contactName: need('contactName', input.contactName),
        phone: need('phone', input.phone),
      };
    case 'person':
      return { kind: 'person', name: need('personName', input.personName), phone: need('phone', input.phone) };
    case 'anonymous':
    case 'member':
      return { kind: input.giver };
  }
}
