import { allow } from '../identity';
import { both } from '../platform/http/both';
import type { Routes } from '../platform/http/routes';
import { z } from '../platform/validation/zod';
import { blockCard } from './block-card';
import { cardView } from './households.api';
import { blockCardInput, issueCardInput, replacePinInput } from './households.inputs';
import { issueCard } from './issue-card';
import { replacePin } from './replace-pin';
import { layout, showHouseholdAgain } from './show-household-again';

const blockedView = z.object({ blocked: z.literal(true) });
const newPinView = z.object({ pin: z.string().optional().openapi({ description: 'Shown once' }) });

/** Cards and PINs of a household. */
export function addCardActs(room: Routes): void {
  both(room, {
    method: 'post',
    path: '/households/:id/cards',
    guard: allow('card.issue'),
    summary: 'Gives a household a card and a new PIN',
    input: issueCardInput,
    act: issueCard,
    page: (res, card) => res.render('households/card', { layout, ...card }),
    showAgain: showHouseholdAgain,
    answer: { status: 201, description: 'The card', schema: cardView, from: (card) => card },
  });
  both(room, {
    method: 'post',
    path: '/households/:id/card-blocks',
    guard: allow('card.block'),
    summary: 'Blocks a lost card',
    input: blockCardInput,
    act: blockCard,
    page: (res, { household }) => res.redirect(303, `/households/${household}#cards`),
    showAgain: showHouseholdAgain,
    answer: { status: 201, description: 'It is blocked', schema: blockedView, from: () => ({ blocked: true as const }) },
  });
  both(room, {
    method: 'post',
    path: '/households/:id/pins',
    guard: allow('pin.replace'),
    summary: 'Gives a household a new PIN for the cards it has, and ends the old one',
    input: replacePinInput,
    act: replacePin,
    page: (res, replaced) => res.render('households/new-pin', { layout, ...replaced }),
    showAgain: showHouseholdAgain,
    answer: { status: 201, description: 'The new PIN', schema: newPinView, from: ({ pin }) => ({ ...(pin !== undefined && { pin }) }) },
  });
}
