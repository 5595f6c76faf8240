import { recorded } from '../audit';
import { assertNotOwnHousehold, findHouseholdOrThrow } from '../households';
import type { Context } from '../kernel/context';
import { fail, failField } from '../kernel/errors';
import { addDays, shanghaiDay } from '../kernel/local-date';
import { isRefused, post } from '../ledger';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { absent, insertion } from '../platform/mongo/document-writes';
import { settingInForce } from '../settings';
import { Deed } from './deed.model';
import { deedStates } from './deed.states';
import { DeedClaim, deedClaimId } from './deed-claim.model';
import { findDeedOrThrow } from './find-deeds';
import { chosenRule } from './find-rules';
import { deedRecorded } from './points.accounts';
import type { RecordDeedInput } from './points.inputs';
import { recordWithinDays } from './points.settings';

/**
 * Records what a member of a household did, with the score of its rule. No points move: another person confirms.
 * @throws `input.invalid` for a day to come or too long ago, `points.already-recorded` when this was recorded before.
 */
export async function recordDeed(ctx: Context, input: RecordDeedInput): Promise<Deed> {
  const household = await findHouseholdOrThrow(ctx, input.household);
  await assertNotOwnHousehold(ctx, household._id);
  if (household.state.name !== 'active') fail('state.not-allowed', { from: household.state.name, to: 'deed' });
  const rule = await chosenRule(ctx, input.rule);
  await assertDayInReach(ctx, input, household.village);
  const id = idOfRequest(ctx, 'ded', input.requestKey);
  const claim = deedClaimId(ctx, input);
  const { head, item, score } = rule;

  try {
    await post(ctx, {
      key: `deed:${id}:recorded`,
      kind: deedRecorded,
      source: { type: 'deed', id },
      facts: { claim, score, words: input.words },
      guards: [absent(DeedClaim, claim)],
      writes: () => [
        insertion(ctx, DeedClaim, { _id: claim, deed: id }),
        insertion(ctx, Deed, {
          _id: id,
          household: household._id,
          village: household.village,
          rule: rule._id,
          head,
          item,
          score,
          day: input.day,
          ...(input.words && { words: input.words }),
          claim,
          recordedBy: ctx.actor.id,
          recordedAt: ctx.clock.now(),
          state: deedStates.begin('scored', ctx),
        }),
        recorded(ctx, 'deed.recorded', { type: 'deed', id }),
      ],
    });
  } catch (error) {
    if (isRefused(error, 'exists')) return fail('points.already-recorded', { day: input.day });
    throw error;
  }
  return findDeedOrThrow(ctx, id);
}

async function assertDayInReach(ctx: Context, { day }: RecordDeedInput, place: string): Promise<void> {
  const today = shanghaiDay(ctx.clock.now());
  const { value: days } = await settingInForce(ctx, recordWithinDays, { day: today, place });
  if (day > today) failField('day', 'in-the-future');
  if (day < addDays(today, -days)) failField('day', 'too-long-ago', { days });
}
