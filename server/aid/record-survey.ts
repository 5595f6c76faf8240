import { recorded } from '../audit';
import { assertNotOwnHousehold, findHouseholdOrThrow, Household } from '../households';
import type { Context } from '../kernel/context';
import { fail, failField } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { post } from '../ledger';
import { change, unchanged } from '../platform/mongo/document-writes';
import { aidSurveyed } from './aid.accounts';
import type { SurveyInput } from './aid.inputs';
import { AidCase } from './aid-case.model';
import { nextState } from './case-step';
import { findCaseOrThrow, findHouseholdAid } from './find-cases';
import { HouseholdAid } from './household-aid.model';
import { policyFor } from './request-aid';
import { takeSheet } from './take-sheet';

/**
 * Records the visit of at least two people. The sheet is taken anew, so that what the visit corrected (a newer signed statement, relief
 * that came in) counts; the rules stay those of the day of submission. @throws `aid.not-eligible` when nothing is left to top up.
 */
export async function recordSurvey(ctx: Context, input: SurveyInput): Promise<AidCase> {
  const aidCase = await findCaseOrThrow(ctx, input.id);
  await assertNotOwnHousehold(ctx, aidCase.household);
  if (aidCase.state.name === 'surveyed' && aidCase.visit?.on === input.on) return aidCase;
  if (input.on > shanghaiDay(ctx.clock.now())) failField('on', 'in-the-future');
  if (input.on < aidCase.submittedOn) failField('on', 'before-the-request', { day: aidCase.submittedOn });
  const household = await findHouseholdOrThrow(ctx, aidCase.household);
  const given = await findHouseholdAid(ctx, household._id);
  const sheet = await takeSheet(ctx, { household, submittedOn: aidCase.submittedOn, given, caseId: aidCase._id });
  if (sheet.sums.topUpFen === 0) fail('aid.not-eligible', { limit: sheet.sums.limit, gapFen: sheet.sums.gapFen });
  const policy = await policyFor(ctx, aidCase.village, aidCase.submittedOn, sheet.sums.topUpFen);
  const next = await nextState(ctx, aidCase, 'surveyed', input.finding);
  await post(ctx, {
    key: `aid:${aidCase._id}:round:${aidCase.round}:surveyed`,
    kind: aidSurveyed,
    source: { type: 'aidCase', id: aidCase._id },
    guards: [unchanged(AidCase, aidCase), unchanged(Household, household), ...(given ? [unchanged(HouseholdAid, given)] : [])],
    writes: () => [
      change(AidCase, aidCase, {
        ...next,
        sheet,
        policy,
        members: household.members.length,
        gapFen: sheet.sums.gapFen,
        amountFen: sheet.sums.topUpFen,
        visit: { on: input.on, people: input.people, finding: input.finding },
      }),
      recorded(ctx, 'aid.surveyed', { type: 'aidCase', id: aidCase._id }, { amountFen: sheet.sums.topUpFen }),
    ],
  });
  return findCaseOrThrow(ctx, aidCase._id);
}
