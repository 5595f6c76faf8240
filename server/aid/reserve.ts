import { recorded } from '../audit';
import { findPoolsFor } from '../funds';
import type { SignatureProof } from '../identity';
import type { Context } from '../kernel/context';
import { fail, invariant } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { post } from '../ledger';
import { type HandledBy, payable, payableWrite } from '../payments';
import { change, unchanged } from '../platform/mongo/document-writes';
import { aidReserved } from './aid.accounts';
import { AidCase } from './aid-case.model';
import { nextState } from './case-step';
import { findHouseholdAid } from './find-cases';
import { HouseholdAid } from './household-aid.model';
import { othersSince, thisYearFen } from './take-sheet';
import { replayDecision, type WorkingSheet } from './working-sheet';

interface Reserving {
  key: string;
  /** What the same commit keeps on the case: the last signature. */
  kept: Partial<AidCase>;
  note?: string;
  /** The code of the last signature; none when the system serves a case that was signed before. */
  proof?: SignatureProof;
}

/**
 * Reserves a case's sum: line and cap are looked at again with what the household has by now (AI6), the money leaves the pools that the
 * case satisfies, oldest gift first, and is the family's. One commit, guarded by the household's own document.
 * @throws LedgerRefused `floor` when the pools are short.
 */
export async function reserve(ctx: Context, aidCase: AidCase, { key, kept, note, proof }: Reserving): Promise<void> {
  const today = shanghaiDay(ctx.clock.now());
  const given = await findHouseholdAid(ctx, aidCase.household);
  invariant(given, 'aid.household-has-its-document', { case: aidCase._id });
  const sheet = lookedAtAgain(aidCase, given);
  const amountFen = Math.min(aidCase.amountFen, sheet.sums.topUpFen);
  if (amountFen === 0) fail('aid.not-eligible', { limit: sheet.sums.limit, gapFen: sheet.sums.gapFen });
  const next = await nextState(ctx, aidCase, 'approved', note);
  const approved: AidCase = { ...aidCase, ...kept, sheet, amountFen };
  const topUp = { case: aidCase._id, number: aidCase.number, submittedOn: aidCase.submittedOn, reservedOn: today, amountFen };

  await post(ctx, {
    key,
    kind: aidReserved,
    source: { type: 'aidCase', id: aidCase._id },
    tags: { village: aidCase.village, cause: aidCase.cause },
    draws: [
      {
        from: await findPoolsFor(ctx, { cause: aidCase.cause, village: aidCase.village, day: today }),
        amount: amountFen,
        to: { pool: payable(aidCase._id) },
      },
    ],
    guards: [unchanged(AidCase, aidCase), unchanged(HouseholdAid, given), ...(proof?.guards ?? [])],
    writes: (posted) => [
      change(AidCase, aidCase, { ...next, ...kept, sheet, amountFen, reservedBy: key }),
      change(HouseholdAid, given, { topUps: [...given.topUps, topUp] }),
      payableWrite(
        ctx,
        {
          id: aidCase._id,
          number: aidCase.number,
          household: aidCase.household,
          village: aidCase.village,
          cause: aidCase.cause,
          amountFen,
          handledBy: handsOf(approved),
        },
        posted,
      ),
      recorded(ctx, 'aid.approved', { type: 'aidCase', id: aidCase._id }, { amountFen }),
      ...(proof?.writes ?? []),
    ],
  });
}

/** The sheet with what the household has of aid by now; only a lower sum replaces the frozen one, which needs no new notice (NO2). */
function lookedAtAgain({ sheet, _id }: AidCase, given: HouseholdAid): WorkingSheet {
  const otherTopUps = othersSince(given, _id, sheet.window.from);
  const otherTopUpsFen = otherTopUps.reduce((sum, one) => sum + one.amountFen, 0);
  const facts = { ...sheet.facts, otherTopUpsFen, thisYearFen: thisYearFen(given, _id, sheet.submittedOn) };
  const sums = replayDecision({ facts, rule: sheet.rule });
  return sums.topUpFen < sheet.sums.topUpFen ? { ...sheet, otherTopUps, facts, sums } : sheet;
}

/** Everybody who had a hand in the case, in whatever round: none of them touches its payment. */
function handsOf({ requester, steps, approvals, reviewer }: AidCase): HandledBy[] {
  const reviewers = new Set(steps.filter(({ what }) => what === 'townshipReviewed').map(({ by }) => by));
  if (reviewer) reviewers.add(reviewer);
  return [
    { step: 'requested', person: requester },
    ...[...reviewers].map((person): HandledBy => ({ step: 'reviewed', person })),
    ...[...new Set(approvals.map(({ by }) => by))].map((person): HandledBy => ({ step: 'approved', person })),
  ];
}
