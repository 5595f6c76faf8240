import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { post } from '../ledger';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { absent, change, insertion, unchanged } from '../platform/mongo/document-writes';
import { Card, HouseholdPin } from './card.model';
import { newCardNumber, parseCardNumber } from './card-number';
import { findHouseholdOrThrow } from './find-households';
import { cardStates } from './household.states';
import type { IssueCardInput } from './households.inputs';
import { cardIssued } from './households.kinds';
import { newPin } from './new-pin';
import { assertNotOwnHousehold } from './own-household';

interface IssuedCard {
  number: string;
  /** Shown once, on the letter that goes with the card; only its hash is kept. Absent when the request is a repeated one. */
  pin?: string;
}

/** Gives a household a card and a new PIN. A pre-printed card's number may be given; each number is given once. */
export async function issueCard(ctx: Context, input: IssueCardInput): Promise<IssuedCard> {
  const household = await findHouseholdOrThrow(ctx, input.id);
  await assertNotOwnHousehold(ctx, household._id);
  if (household.state.name !== 'active') fail('state.not-allowed', { from: household.state.name, to: 'card' });
  const request = idOfRequest(ctx, 'crd', input.requestKey);
  const number = input.number ? (parseCardNumber(input.number) ?? fail('not-found')) : newCardNumber(request);
  const { pin, hash } = await newPin(ctx.random);
  const stored = await HouseholdPin.findOne({ _id: household._id, ledger: ctx.ledger }).lean<HouseholdPin>();
  const cardId = `${ctx.ledger}/${number}`;
  const { replayed } = await post(ctx, {
    key: `card:${request}:issued`,
    kind: cardIssued,
    source: { type: 'household', id: household._id },
    facts: { number: input.number ?? '' },
    guards: [absent(Card, cardId), stored ? unchanged(HouseholdPin, stored) : absent(HouseholdPin, household._id)],
    writes: () => [
      insertion(ctx, Card, { _id: cardId, number, household: household._id, state: cardStates.begin('issued', ctx) }),
      stored ? change(HouseholdPin, stored, { hash, tries: 0 }) : insertion(ctx, HouseholdPin, { _id: household._id, hash, tries: 0 }),
      recorded(ctx, 'card.issued', { type: 'household', id: household._id }),
    ],
  });
  return replayed ? { number } : { number, pin };
}
