import type { Household } from '../households';
import { mayReach } from '../identity';
import type { Context } from '../kernel/context';
import type { Translate } from '../platform/i18n/translator';
import type { AidCaseState } from './aid-case.states';
import { caseChip } from './case-chip';
import { findCasesOf } from './find-cases';

const paid: ReadonlySet<AidCaseState> = new Set(['paid', 'closed']);
const approved: ReadonlySet<AidCaseState> = new Set(['approved', 'scheduled', ...paid]);

/** The cases of a household for its own page; undefined for whoever may not see cases there. */
export async function casesOfHousehold(ctx: Context, t: Translate, { _id, village }: Household) {
  if (!mayReach(ctx.actor, village, 'aid.read')) return undefined;
  const cases = await findCasesOf(ctx, _id);
  return cases.map((aidCase) => ({
    number: aidCase.number,
    href: `/aid/cases/${aidCase._id}`,
    submittedOn: aidCase.submittedOn,
    chip: caseChip(ctx, t, aidCase),
    ...(approved.has(aidCase.state.name) && { approvedFen: aidCase.amountFen }),
    ...(paid.has(aidCase.state.name) && { paidFen: aidCase.amountFen }),
  }));
}
