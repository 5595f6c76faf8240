import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { isRefused, post } from '../ledger';
import { change, unchanged } from '../platform/mongo/document-writes';
import { aidSigned, aidWaiting } from './aid.accounts';
import type { ApprovalInput } from './aid.inputs';
import { AidCase, type Approval } from './aid-case.model';
import { assertNoHandIn, nextState, stepOf } from './case-step';
import { findCaseOrThrow } from './find-cases';
import { refuseCase } from './refuse-case';
import { reserve } from './reserve';
import { assertNoticeOver } from './review-case';
import { sendBackCase } from './send-back-case';

/**
 * Signs one approval of a case. The approver is neither requester nor reviewer nor an earlier approver. The last signature reserves the
 * sum from the pools that the case satisfies, most restricted first (FU7), in the same commit; when they are short, the case waits for
 * money with its signatures (AI5). The same box sends back or refuses.
 * @throws `rule.same-person`, `aid.notice-runs`, `aid.minutes-missing`, `aid.not-eligible`.
 */
export async function approveCase(ctx: Context, input: ApprovalInput): Promise<AidCase> {
  const { id, opinion } = input;
  if (input.do === 'return') return sendBackCase(ctx, { id, reason: opinion });
  if (input.do === 'refuse') return refuseCase(ctx, { id, reason: opinion });
  const aidCase = await findCaseOrThrow(ctx, id);
  const signed = aidCase.approvals.filter(({ round }) => round === aidCase.round);
  if (signed.some(({ by }) => by === ctx.actor.id)) return aidCase; // a second click
  if (aidCase.state.name !== 'townshipReviewed') fail('state.not-allowed', { from: aidCase.state.name, to: 'approved' });
  assertNoHandIn(ctx, aidCase);
  await assertNoticeOver(ctx, aidCase);
  const meetingMinutes = input.meetingMinutes || aidCase.meetingMinutes;
  if (aidCase.policy.minutes && !meetingMinutes) fail('aid.minutes-missing');

  const rank = signed.length + 1;
  const approvals = [...aidCase.approvals, { by: ctx.actor.id, at: ctx.clock.now(), round: aidCase.round, opinion }];
  const signature = { rank, approvals, opinion, ...(meetingMinutes && { meetingMinutes }) };
  if (rank < aidCase.policy.approvals) await sign(ctx, aidCase, signature);
  else await signLast(ctx, aidCase, signature);
  return findCaseOrThrow(ctx, id);
}

interface Signature {
  rank: number;
  approvals: Approval[];
  opinion: string;
  meetingMinutes?: string;
}

/** One of two signatures: the case stays where it is, for another person. */
async function sign(ctx: Context, aidCase: AidCase, { rank, approvals, opinion, meetingMinutes }: Signature): Promise<void> {
  const steps = [...aidCase.steps, stepOf(ctx, aidCase, 'signed', opinion)];
  await post(ctx, {
    key: keyOf(ctx, aidCase),
    kind: aidSigned,
    source: { type: 'aidCase', id: aidCase._id },
    guards: [unchanged(AidCase, aidCase)],
    writes: () => [
      change(AidCase, aidCase, { approvals, steps, ...(meetingMinutes && { meetingMinutes }) }),
      recorded(ctx, 'aid.signed', { type: 'aidCase', id: aidCase._id }, { rank }),
    ],
  });
}

async function signLast(ctx: Context, aidCase: AidCase, { approvals, opinion, meetingMinutes }: Signature): Promise<void> {
  const key = keyOf(ctx, aidCase);
  const kept = { approvals, ...(meetingMinutes && { meetingMinutes }) };
  try {
    await reserve(ctx, aidCase, { key, kept, note: opinion });
  } catch (error) {
    if (!isRefused(error, 'floor')) throw error;
    await waitForMoney(ctx, aidCase, `${key}:waits`, kept);
  }
}

/** Names the person: of two who sign at once, one key for both would tell the second that his signature is there when it is not. */
function keyOf(ctx: Context, { _id, round }: AidCase): string {
  return `aid:${_id}:round:${round}:approval:${ctx.actor.id}`;
}

/** Money is short: the decision stands, and the case is paid in queue order when money comes (AI5). */
async function waitForMoney(ctx: Context, aidCase: AidCase, key: string, kept: Partial<AidCase>): Promise<void> {
  const next = await nextState(ctx, aidCase, 'waiting');
  await post(ctx, {
    key,
    kind: aidWaiting,
    source: { type: 'aidCase', id: aidCase._id },
    guards: [unchanged(AidCase, aidCase)],
    writes: () => [
      change(AidCase, aidCase, { ...next, ...kept }),
      recorded(ctx, 'aid.waiting', { type: 'aidCase', id: aidCase._id }, { amountFen: aidCase.amountFen }),
    ],
  });
}
