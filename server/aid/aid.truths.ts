import type { Context } from '../kernel/context';
import type { Truth, Violation } from '../kernel/truths';
import { batchHandsOf } from '../payments';
import { AidCase } from './aid-case.model';
import { replayDecision } from './working-sheet';

const decided = new Set(['approved', 'scheduled', 'paid', 'closed']);

/** Every released case has the approvals that its copied policy asks for, all by different people, none of whom does anything else. */
const handsDiffer: Truth = {
  id: 'I6',
  says: 'each released case has the approvals of its policy, and requester, reviewer, approvers and releasers are different people',
  check: async (ctx) => {
    const found: Violation[] = [];
    for await (const aidCase of AidCase.find({ ledger: ctx.ledger }).lean<AidCase[]>().cursor()) {
      if (!decided.has(aidCase.state.name)) continue;
      const what = await wrongHands(ctx, aidCase);
      if (what) found.push({ truth: 'I6', what, where: aidCase._id });
    }
    return found;
  },
};

async function wrongHands(
  ctx: Context,
  { _id, approvals, round, policy, requester, reviewer, steps }: AidCase,
): Promise<string | undefined> {
  const signers = approvals.filter((one) => one.round === round).map(({ by }) => by);
  if (new Set(signers).size < policy.approvals) return 'too few approvals';
  if (!reviewer) return 'nobody reviewed it';
  // Of all rounds: a reviewer may have reviewed twice and an approver signed twice, but none of them took another's step.
  const reviewers = new Set(steps.filter(({ what }) => what === 'townshipReviewed').map(({ by }) => by));
  const hands = [requester, ...reviewers, ...new Set(approvals.map(({ by }) => by))];
  if (new Set(hands).size !== hands.length) return 'one person took two steps';
  const releasers = await batchHandsOf(ctx, _id);
  return releasers.some((hand) => hands.includes(hand)) ? 'a releaser took an earlier step' : undefined;
}

/** No top-up lifts a household above the line, and each decision file gives the same fen again. */
const aidIsLast: Truth = {
  id: 'I11',
  says: 'no top-up lifts net income, relief and all top-ups of its window above the line, and each decision replays to the same fen',
  check: async (ctx) => {
    const found: Violation[] = [];
    for await (const { _id, state, sheet, amountFen } of AidCase.find({ ledger: ctx.ledger }).lean<AidCase[]>().cursor()) {
      const again = replayDecision(sheet);
      if (JSON.stringify(again) !== JSON.stringify(sheet.sums))
        found.push({ truth: 'I11', what: 'a decision replays otherwise', where: _id });
      const isOver = decided.has(state.name) && (amountFen > again.topUpFen || again.resourcesFen + amountFen > again.thresholdFen);
      if (isOver) found.push({ truth: 'I11', what: 'a top-up lifts above the line', where: _id });
    }
    return found;
  },
};

export const aidTruths: readonly Truth[] = [handsDiffer, aidIsLast];
