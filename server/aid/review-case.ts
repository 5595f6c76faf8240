import { recorded } from '../audit';
import { assertNotOwnHousehold, findHouseholdOrThrow, Household } from '../households';
import type { Context } from '../kernel/context';
import { fail, failField } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { post } from '../ledger';
import { approvableFrom, findNoticeOrThrow } from '../notices';
import { change, unchanged } from '../platform/mongo/document-writes';
import { aidReviewed } from './aid.accounts';
import type { ReviewInput } from './aid.inputs';
import { AidCase } from './aid-case.model';
import { assertNoHandIn, nextState } from './case-step';
import { findCaseOrThrow } from './find-cases';
import { gatesOf } from './gates-of';
import { refuseCase } from './refuse-case';
import { sendBackCase } from './send-back-case';

/**
 * The township's review after the notice has ended without an objection that stands. Overdue relief may be let pass, with the reason in
 * the opinion (AI1). The reviewer is not the requester. The same box sends back or refuses.
 * @throws `aid.notice-runs`, `aid.relief-first`, `rule.same-person`.
 */
export async function reviewCase(ctx: Context, input: ReviewInput): Promise<AidCase> {
  const { id, opinion } = input;
  if (input.do === 'return') return sendBackCase(ctx, { id, reason: opinion });
  if (input.do === 'refuse') return refuseCase(ctx, { id, reason: opinion });
  const aidCase = await findCaseOrThrow(ctx, id);
  await assertNotOwnHousehold(ctx, aidCase.household);
  if (aidCase.state.name === 'townshipReviewed' && aidCase.reviewer === ctx.actor.id) return aidCase;
  assertNoHandIn(ctx, aidCase);
  const next = await nextState(ctx, aidCase, 'townshipReviewed', opinion);
  await assertNoticeOver(ctx, aidCase);
  if (input.waive.length > 0 && opinion === '') failField('opinion', 'required');
  const household = await findHouseholdOrThrow(ctx, aidCase.household);
  const gates = await gatesOf(ctx, household, input.waive);
  if (!gates.open) fail('aid.relief-first', { kinds: [...gates.pending, ...gates.overdue].join(' ') });

  const waived = gates.overdue.map((kind) => ({ kind, reason: opinion, by: ctx.actor.id }));
  await post(ctx, {
    key: `aid:${id}:round:${aidCase.round}:reviewed`,
    kind: aidReviewed,
    source: { type: 'aidCase', id },
    guards: [unchanged(AidCase, aidCase), unchanged(Household, household)],
    writes: () => [
      change(AidCase, aidCase, { ...next, reviewer: ctx.actor.id, waived }),
      recorded(ctx, 'aid.reviewed', { type: 'aidCase', id }, waived.length > 0 ? { reason: opinion, waived: input.waive.join(' ') } : {}),
    ],
  });
  return findCaseOrThrow(ctx, id);
}

/** @throws `aid.notice-runs` with the first day on which the case may go on. */
export async function assertNoticeOver(ctx: Context, { notice }: AidCase): Promise<void> {
  if (!notice) return fail('aid.notice-runs', { from: '' });
  const from = approvableFrom(await findNoticeOrThrow(ctx, notice));
  if (from === 'objectionOpen' || from === 'objectionUpheld' || shanghaiDay(ctx.clock.now()) < from) fail('aid.notice-runs', { from });
}
