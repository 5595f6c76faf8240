import { proveSignature, useUp, zSigningCode } from '../identity';
import type { Context } from '../kernel/context';
import { AppError, type ErrorCode, type ErrorDetails } from '../kernel/errors';
import { maskName } from '../kernel/mask';
import { zId } from '../platform/validation/types';
import { z } from '../platform/validation/zod';
import { divisionFullName } from '../regions';
import type { AidCase } from './aid-case.model';
import { findCasesOrThrow } from './find-cases';
import { signApproval } from './sign-approval';

const most = 50;

export const approvalListInput = z.object({
  cases: z.preprocess(
    (sent) => (sent === undefined ? [] : Array.isArray(sent) ? sent : [sent]),
    z.array(zId('aid')).min(1, 'none-chosen').max(most),
  ),
});

export const approveSeveralInput = approvalListInput.extend({ code: zSigningCode });

/** Which cases were signed, and which were not, each with the reason in the person's words. */
export interface ApproveOutcome {
  done: AidCase[];
  doneFen: number;
  refused: { id: string; number: string; who: string; code: ErrorCode; details: ErrorDetails }[];
}

/** Signs several cases with one code, one after the other; each stands for itself, so that one that cannot go does not hold up the rest. */
export async function approveSeveral(
  ctx: Context,
  { cases: ids, code: digits }: z.output<typeof approveSeveralInput>,
): Promise<ApproveOutcome> {
  const outcome: ApproveOutcome = { done: [], doneFen: 0, refused: [] };
  const proof = await useUp(ctx, await proveSignature(ctx, digits));
  for (const aidCase of await findCasesOrThrow(ctx, ids)) {
    const { _id: id, number, headName } = aidCase;
    try {
      const signed = await signApproval(ctx, { id, opinion: '', meetingMinutes: '' }, async () => proof);
      outcome.done.push(signed);
      outcome.doneFen += signed.amountFen;
    } catch (error) {
      if (!(error instanceof AppError) || error.status !== 409) throw error;
      outcome.refused.push({ id, number, who: maskName(headName), code: error.code, details: error.details });
    }
  }
  return outcome;
}

/** The ticked cases with their names and sums, to be looked at once more before they are signed. */
export async function approvalList(ctx: Context, ids: readonly string[]) {
  const cases = await findCasesOrThrow(ctx, ids);
  return {
    cases: cases.map(({ _id }) => _id),
    lines: cases.map(({ headName, village, amountFen }) => ({
      label: maskName(headName),
      note: divisionFullName(village, ctx.locale),
      fen: amountFen,
    })),
    totalFen: cases.reduce((sum, { amountFen }) => sum + amountFen, 0),
  };
}
