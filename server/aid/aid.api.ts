import { maskName } from '../kernel/mask';
import { z } from '../platform/validation/zod';
import type { AidCase } from './aid-case.model';

/** A case as programs get it: masked, sums in fen, the sheet's figures without the household's papers. */
export const aidCaseView = z
  .object({
    id: z.string(),
    number: z.string(),
    state: z.string(),
    household: z.string(),
    name: z.string().openapi({ description: 'Masked' }),
    village: z.string(),
    members: z.int(),
    submittedOn: z.string(),
    dueOn: z.string(),
    round: z.int(),
    lineFen: z.int(),
    resourcesFen: z.int(),
    gapFen: z.int(),
    amountFen: z.int(),
    approvals: z.object({ needed: z.int(), given: z.int() }),
  })
  .openapi('AidCase');

export const aidCasesView = z.object({ cases: z.array(aidCaseView), next: z.string().optional() });

/** The API's view of a case. */
export function caseOf(aidCase: AidCase): z.output<typeof aidCaseView> {
  const { _id, number, state, household, headName, village, members, submittedOn, dueOn, round, sheet, gapFen, amountFen } = aidCase;
  const given = aidCase.approvals.filter((one) => one.round === round).length;
  return {
    id: _id,
    number,
    state: state.name,
    household,
    name: maskName(headName),
    village,
    members,
    submittedOn,
    dueOn,
    round,
    lineFen: sheet.line.fen,
    resourcesFen: sheet.sums.resourcesFen,
    gapFen,
    amountFen,
    approvals: { needed: aidCase.policy.approvals, given },
  };
}
