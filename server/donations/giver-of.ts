import type { Restriction } from '../funds';
import { invariant } from '../kernel/errors';
import type { Fen } from '../kernel/money';
import type { GiveInput } from './give.inputs';

/**
 * Who gives, as far as the giver says: an organisation, a person, or one who wants nothing kept; a member gives for his organisation,
 * which is known.
 */
export type Giver =
  | { kind: 'organisation'; name: string; creditCode: string; contactName: string; phone: string }
  | { kind: 'person'; name: string; phone: string }
  | { kind: 'anonymous' }
  | { kind: 'member' };

/** What was filled in on the give page. That all is there which the choices need was checked with the input. */
export function readGive(input: GiveInput): { amountFen: Fen; restriction: Restriction; giver: Giver } {
  const { otherAmount, amount, purpose, place } = input;
  return {
    amountFen: filled('amount', otherAmount ?? amount), // a typed sum wins over a card
    restriction: purpose === 'place' ? { purpose: 'general', area: filled('place', place) } : { purpose },
    giver: giverOf(input),
  };
}

function giverOf({ giver, ...input }: GiveInput): Giver {
  switch (giver) {
    case 'organisation':
      return {
        kind: giver,
        name: filled('organisationName', input.organisationName),
        creditCode: filled('creditCode', input.creditCode),
        contactName: filled('contactName', input.contactName),
        phone: filled('phone', input.phone),
      };
    case 'person':
      return { kind: giver, name: filled('personName', input.personName), phone: filled('phone', input.phone) };
    case 'anonymous':
    case 'member':
      return { kind: giver };
  }
}

function filled<Value>(field: string, value: Value | undefined): Value {
  invariant(value !== undefined, 'give.input-was-checked', { field });
  return value;
}
