import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { AppError, fail } from '../kernel/errors';
import { post } from '../ledger';
import { hashOfAsked } from '../platform/crypto/hash-of-asked';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { change, unchanged } from '../platform/mongo/document-writes';
import { HouseholdPin } from './card.model';
import { findHouseholdOrThrow } from './find-households';
import type { ReplacePinInput } from './households.inputs';
import { pinReplaced } from './households.kinds';
import { newPin } from './new-pin';
import { assertNotOwnHousehold } from './own-household';

interface ReplacedPin {
  household: string;
  /** Shown once; only its hash is kept. Absent when the request is a repeated one. */
  pin?: string;
}

const racesTolerated = 5;

/**
 * Gives a household another PIN for the cards it has, after a look at the ID card: also when the old one is locked. The old one ends, also
 * while somebody tries it; of two that are given at once the later one counts, as of two given one after the other.
 * @throws AppError `rule.own-household`, `state.not-allowed` when the household is not active or has no PIN yet.
 */
export async function replacePin(ctx: Context, input: ReplacePinInput): Promise<ReplacedPin> {
  const household = await findHouseholdOrThrow(ctx, input.id);
  await assertNotOwnHousehold(ctx, household._id);
  if (household.state.name !== 'active') fail('state.not-allowed', { from: household.state.name, to: 'pin' });
  const { pin, hash } = await newPin(ctx.random);
  for (let race = 1; ; race += 1) {
    const stored = await HouseholdPin.findOne({ _id: household._id, ledger: ctx.ledger }).lean<HouseholdPin>();
    if (!stored) fail('state.not-allowed', { from: 'none', to: 'pin' });
    try {
      const isReplayed = await keep(ctx, input, stored, hash);
      return { household: household._id, ...(!isReplayed && { pin }) };
    } catch (error) {
      if (race >= racesTolerated || !(error instanceof AppError) || error.code !== 'state.stale') throw error;
    }
  }
}

/** Whether the request came before: then another PIN was given, and this one is not kept. */
async function keep(ctx: Context, input: ReplacePinInput, stored: HouseholdPin, hash: string): Promise<boolean> {
  const { replayed } = await post(ctx, {
    key: `pin:${idOfRequest(ctx, 'pin', input.requestKey)}:replaced`,
    kind: pinReplaced,
    source: { type: 'household', id: stored._id },
    facts: { asked: hashOfAsked(input) },
    guards: [unchanged(HouseholdPin, stored)],
    writes: () => [
      change(HouseholdPin, stored, { hash, tries: 0 }),
      recorded(ctx, 'pin.replaced', { type: 'household', id: stored._id }, { reason: input.why }),
    ],
  });
  return replayed;
}
