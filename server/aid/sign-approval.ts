import { recorded } from '../audit';
import { assertNotOwnHousehold } from '../households';
import { provenUnlessSigned, type SignatureProof } from '../identity';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { isRefused, post } from '../ledger';
import { change, unchanged } from '../platform/mongo/document-writes';
import { aidSigned, aidWaiting } from './aid.accounts';
import { AidCase, type Approval } from './aid-case.model';
import { assertNoHandIn, nextState, stepOf } from './case-step';
import { findCaseOrThrow } from './find-cases';
import { reserve } from './reserve';
import { assertNoticeOver } from './review-case';

/** What an approver adds to a case. */
interface ApprovalWords {
  id: string;
  opinion: string;
  meetingMinutes: string;
}

/**
 * Signs one approval of a case. The approver is neither requester nor reviewer nor an earlier approver. The last signature reserves the
 * sum from the pools that the case satisfies, most restricted first (FU7), in the same commit; when they are short, the case waits for
 * money with its signatures (AI5). The code is asked for last of all, so that a refusal by a rule does not use it up.
 */
export async function signApproval(ctx: Context, words: ApprovalWords, prove: () => Promise<SignatureProof>): Promise<AidCase> {
  const { id, opinion } = words;
  const aidCase = await findCaseOrThrow(ctx, id);
  await assertNotOwnHousehold(ctx, aidCase.household);
  if (hasSigned(ctx, aidCase)) return aidCase; // a second click
  if (aidCase.state.name !== 'townshipReviewed') fail('state.not-allowed', { from: aidCase.state.name, to: 'approved' });
  assertNoHandIn(ctx, aidCase);
  await assertNoticeOver(ctx, aidCase);
  const meetingMinutes = words.meetingMinutes || aidCase.meetingMinutes;
  if (aidCase.policy.minutes && !meetingMinutes) fail('aid.minutes-missing');

  const proof = await provenUnlessSigned(prove, async () => hasSigned(ctx, await findCaseOrThrow(ctx, id)));
  if (!proof) return findCaseOrThrow(ctx, id);

  const rank = aidCase.approvals.filter(({ round }) => round === aidCase.round).length + 1;
  const approvals = [...aidCase.approvals, { by: ctx.actor.id, at: ctx.clock.now(), round: aidCase.round, opinion }];
  const signature = { rank, approvals, opinion, ...(meetingMinutes && { meetingMinutes }), proof };
  if (rank < aidCase.policy.approvals) await sign(ctx, aidCase, signature);
  else await signLast(ctx, aidCase, signature);
  return findCaseOrThrow(ctx, id);
}

function hasSigned(ctx: Context, { approvals, round }: AidCase): boolean {
  return approvals.some((one) => one.round === round && one.by === ctx.actor.id);
}

interface Signature {
  rank: number;
  approvals: Approval[];
  opinion: string;
  meetingMinutes?: string;
  proof: SignatureProof;
}

/** One of two signatures: the case stays where it is, for another person. */
async function sign(ctx: Context, aidCase: AidCase, { rank, approvals, opinion, meetingMinutes, proof }: Signature): Promise<void> {
  const steps = [...aidCase.steps, stepOf(ctx, aidCase, 'signed', opinion)];
  await post(ctx, {
    key: keyOf(ctx, aidCase),
    kind: aidSigned,
    source: { type: 'aidCase', id: aidCase._id },
    guards: [unchanged(AidCase, aidCase), ...proof.guards],
    writes: () => [
      change(AidCase, aidCase, { approvals, steps, ...(meetingMinutes && { meetingMinutes }) }),
      recorded(ctx, 'aid.signed', { type: 'aidCase', id: aidCase._id }, { rank }),
      ...proof.writes,
    ],
  });
}

async function signLast(ctx: Context, aidCase: AidCase, { approvals, opinion, meetingMinutes, proof }: Signature): Promise<void> {
  const key = keyOf(ctx, aidCase);
  const kept = { approvals, ...(meetingMinutes && { meetingMinutes }) };
  try {
    await reserve(ctx, aidCase, { key, kept, note: opinion, proof });
  } catch (error) {
    if (!isRefused(error, 'floor')) throw error;
    await waitForMoney(ctx, aidCase, { key: `${key}:waits`, kept, proof });
  }
}

/** Names the person: of two who sign at once, one key for both would tell the second that his signature is there when it is not. */
function keyOf(ctx: Context, { _id, round }: AidCase): string {
  return `aid:${_id}:round:${round}:approval:${ctx.actor.id}`;
}

/** Money is short: the decision stands, and the case is paid in queue order when money comes (AI5). */
async function waitForMoney(
  ctx: Context,
  aidCase: AidCase,
  { key, kept, proof }: { key: string; kept: Partial<AidCase>; proof: SignatureProof },
): Promise<void> {
  const next = await nextState(ctx, aidCase, 'waiting');
  await post(ctx, {
    key,
    kind: aidWaiting,
    source: { type: 'aidCase', id: aidCase._id },
    guards: [unchanged(AidCase, aidCase), ...proof.guards],
    writes: () => [
      change(AidCase, aidCase, { ...next, ...kept }),
      recorded(ctx, 'aid.waiting', { type: 'aidCase', id: aidCase._id }, { amountFen: aidCase.amountFen }),
      ...proof.writes,
    ],
  });
}
