import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { post } from '../ledger';
import { change, unchanged } from '../platform/mongo/document-writes';
import { Card } from './card.model';
import { cardReference } from './card-number';
import { findHouseholdOrThrow } from './find-households';
import { cardStates } from './household.states';
import type { BlockCardInput } from './households.inputs';
import { cardBlocked } from './households.kinds';

/** Blocks a lost card at once; points and goods stay, and a new card can be given (DOMAIN 11, KI1). */
export async function blockCard(ctx: Context, input: BlockCardInput): Promise<Card> {
  const household = await findHouseholdOrThrow(ctx, input.id);
  const cards = await Card.find({ ledger: ctx.ledger, household: household._id }).lean<Card[]>();
  const card = cards.find(({ number }) => cardReference(ctx, number) === input.card) ?? fail('not-found');
  if (card.state.name === 'blocked') return card;
  const state = cardStates.enter(card.state, 'blocked', ctx);
  await post(ctx, {
    key: `card:${card.number}:blocked`,
    kind: cardBlocked,
    source: { type: 'household', id: household._id },
    guards: [unchanged(Card, card)],
    writes: () => [change(Card, card, { state }), recorded(ctx, 'card.blocked', { type: 'household', id: household._id })],
  });
  return { ...card, state };
}
