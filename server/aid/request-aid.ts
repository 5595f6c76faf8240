import { recorded } from '../audit';
import { assertNotOwnHousehold, findHouseholdOrThrow, Household } from '../households';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { type LocalDate, shanghaiDay } from '../kernel/local-date';
import { post } from '../ledger';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { absent, change, insertion, unchanged } from '../platform/mongo/document-writes';
import { settingsInForce } from '../settings';
import { aidNumbers, aidRequested } from './aid.accounts';
import type { RequestAidInput } from './aid.inputs';
import { approvalMeeting, approvalSecond } from './aid.settings';
import { AidCase } from './aid-case.model';
import { aidCaseStates } from './aid-case.states';
import { approvalsNeeded } from './approvals-needed';
import { dueDay, stepOf } from './case-step';
import { findCaseOrThrow, findHouseholdAid } from './find-cases';
import { gatesOf } from './gates-of';
import { HouseholdAid } from './household-aid.model';
import { takeSheet } from './take-sheet';

/**
 * Requests a top-up for a household: the gates of the relief cascade are open, the family has signed its income, and the sheet comes to
 * a sum (DOMAIN 6, AI1-AI4). The requester never reviews, approves or pays it.
 * @throws `aid.not-monitored`, `aid.relief-first`, `aid.no-signed-income`, `aid.income-too-old`, `aid.not-eligible`, `aid.has-case`.
 */
export async function requestAid(ctx: Context, input: RequestAidInput): Promise<AidCase> {
  const id = idOfRequest(ctx, 'aid', input.requestKey);
  const opened = await AidCase.findOne({ _id: id, ledger: ctx.ledger }).lean<AidCase>();
  if (opened && opened.household !== input.household) fail('ledger.conflict', { key: input.requestKey });
  if (opened) return findCaseOrThrow(ctx, id);
  const household = await findHouseholdOrThrow(ctx, input.household);
  await assertNotOwnHousehold(ctx, household._id);
  const submittedOn = shanghaiDay(ctx.clock.now());
  const monitored = household.monitored ?? fail('aid.not-monitored');
  await assertGatesOpen(ctx, household);
  const given = await findHouseholdAid(ctx, household._id);
  if (given?.running) fail('aid.has-case');
  const sheet = await takeSheet(ctx, { household, submittedOn, given, caseId: id });
  if (sheet.sums.topUpFen === 0) fail('aid.not-eligible', { limit: sheet.sums.limit, gapFen: sheet.sums.gapFen });
  const policy = await policyFor(ctx, household.village, submittedOn, sheet.sums.topUpFen);
  const dueOn = await dueDay(ctx, household.village);

  await post(ctx, {
    key: `aid:${id}:requested`,
    kind: aidRequested,
    source: { type: 'aidCase', id },
    facts: { household: household._id },
    numbers: [aidNumbers],
    // Whoever signs a newer income or changes the group meanwhile changes the household: what this rests on is then asked anew.
    guards: [unchanged(Household, household), given ? unchanged(HouseholdAid, given) : absent(HouseholdAid, household._id)],
    writes: (posted) => [
      insertion(ctx, AidCase, {
        _id: id,
        number: posted.numbers[aidNumbers.name] ?? '',
        household: household._id,
        surrogate: household.surrogate,
        headName: household.headName,
        headKeys: household.headKeys,
        village: household.village,
        cause: monitored.cause,
        group: monitored.group,
        members: household.members.length,
        submittedAt: ctx.clock.now(),
        submittedOn,
        requester: ctx.actor.id,
        round: 1,
        sheet,
        gapFen: sheet.sums.gapFen,
        amountFen: sheet.sums.topUpFen,
        policy,
        approvals: [],
        waived: [],
        state: aidCaseStates.begin('screened', ctx),
        dueOn,
        steps: [stepOf(ctx, { round: 1 }, 'requested')],
      }),
      given ? change(HouseholdAid, given, { running: id }) : insertion(ctx, HouseholdAid, { _id: household._id, running: id, topUps: [] }),
      recorded(ctx, 'aid.requested', { type: 'aidCase', id }, { amountFen: sheet.sums.topUpFen }),
    ],
  });
  return findCaseOrThrow(ctx, id);
}

async function assertGatesOpen(ctx: Context, household: Household): Promise<void> {
  const { pending } = await gatesOf(ctx, household);
  if (pending.length > 0) fail('aid.relief-first', { kinds: pending.join(' ') });
}

/** Who must agree, by the limits of the day of submission; the case keeps a copy. */
export async function policyFor(ctx: Context, village: string, day: LocalDate, topUpFen: number) {
  const { second, meeting } = await settingsInForce(ctx, { second: approvalSecond, meeting: approvalMeeting }, { day, place: village });
  return approvalsNeeded(topUpFen, { secondAboveFen: second.value, meetingAboveFen: meeting.value });
}
